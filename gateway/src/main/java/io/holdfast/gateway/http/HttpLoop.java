package io.holdfast.gateway.http;

import io.holdfast.gateway.EdgeConfig.Deadlines;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one event loop share. Used by that loop's thread, except where it says otherwise.
 */
final class HttpLoop {
    private static final Logger LOG = LoggerFactory.getLogger(HttpLoop.class);
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long TICKS_PER_DEADLINE = 10;
    private static final long TICK_MIN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long TICK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final EventLoop eventLoop;
    private final CallHandler handler;
    private final Consumer<Error> onError;
    private final Origins origins;
    private final long tickNs;

    private final DeadlineQueue idle;
    private final DeadlineQueue head;
    private final DeadlineQueue body;
    private final DeadlineQueue stalled;
    private final DeadlineQueue lingering = new DeadlineQueue(LINGER_NS);
    private final DeadlineQueue working = new DeadlineQueue(Long.MAX_VALUE / 2);

    private final EventStreams streams;
    private final byte[] bodyScratch = new byte[Connection.BODY_BYTES_MAX];
    private final Reply reply = new Reply();
    private final ReplyEncoder encoder = new ReplyEncoder();

    private boolean draining;

    HttpLoop(
            final EventLoop eventLoop,
            final Deadlines deadlines,
            final Origins origins,
            final int streamsMax,
            final Function<EventLoop, CallHandler> handlers,
            final Consumer<Error> onError) {
        this.eventLoop = eventLoop;
        this.handler = handlers.apply(eventLoop);
        this.onError = onError;
        this.streams = new EventStreams(this::afterARound, onError, streamsMax);
        this.origins = origins;
        this.idle = new DeadlineQueue(deadlines.idle().toNanos());
        this.head = new DeadlineQueue(deadlines.header().toNanos());
        this.body = new DeadlineQueue(deadlines.body().toNanos());
        this.stalled = new DeadlineQueue(deadlines.idle().toNanos());
        final long shortestNs = Math.min(
                deadlines.idle().toNanos(),
                Math.min(deadlines.header().toNanos(), deadlines.body().toNanos()));
        this.tickNs = Math.max(TICK_MIN_NS, Math.min(TICK_MAX_NS, shortestNs / TICKS_PER_DEADLINE));
    }

    /** Callable from any thread. */
    void start() {
        eventLoop.scheduleWithFixedDelay(this::tick, tickNs, tickNs, TimeUnit.NANOSECONDS);
    }

    /**
     * Closes who is idle, refuses what is half said, ends the streams, and lets what is in work have its answer. Any thread.
     */
    void drain() {
        eventLoop.execute(() -> {
            draining = true;
            idle.expireAll();
            head.expireAll();
            body.expireAll();
            streams.endAll();
        });
    }

    /** Closes everybody. Callable from any thread. */
    void abandon() {
        eventLoop.execute(() -> {
            idle.expireAll();
            head.expireAll();
            body.expireAll();
            working.expireAll();
            stalled.expireAll();
            lingering.expireAll();
        });
    }

    private void afterARound(final Runnable round) {
        if (!eventLoop.isShuttingDown()) {
            eventLoop.schedule(round, EventStreams.ROUND_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** A failure must not end the ticking: without it nobody would be cut off any more. */
    private void tick() {
        try {
            final long nowNs = System.nanoTime();
            idle.expire(nowNs);
            head.expire(nowNs);
            body.expire(nowNs);
            stalled.expire(nowNs);
            lingering.expire(nowNs);
            encoder.refreshDate(System.currentTimeMillis());
        } catch (final RuntimeException e) {
            LOG.error("a connection could not be cut off", e);
        } catch (final Error e) {
            onError.accept(e);
            throw e;
        }
    }

    void opened(final Call call) {
        idle.join(call, System.nanoTime());
    }

    void onError(final Error error) {
        onError.accept(error);
    }

    boolean isDraining() {
        return draining;
    }

    CallHandler handler() {
        return handler;
    }

    EventStreams streams() {
        return streams;
    }

    Origins origins() {
        return origins;
    }

    byte[] bodyScratch() {
        return bodyScratch;
    }

    Reply reply() {
        return reply;
    }

    ReplyEncoder encoder() {
        return encoder;
    }

    DeadlineQueue idle() {
        return idle;
    }

    DeadlineQueue head() {
        return head;
    }

    DeadlineQueue body() {
        return body;
    }

    DeadlineQueue stalled() {
        return stalled;
    }

    DeadlineQueue lingering() {
        return lingering;
    }

    DeadlineQueue working() {
        return working;
    }
}
