package io.holdfast.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one event loop that are streams of events. Visited in turn, so many at a time and no more: whoever
 * watches must not hold up whoever buys. With more streams each is visited less often, and then shown the newest. While there
 * is none, nothing is scheduled. Used by that loop's thread.
 */
final class EventStreams {
    /** Half of what lies between two events at least, so that one that has just missed its time is not late by as much again. */
    static final long ROUND_MS = 50;

    static final int VISITS_PER_ROUND_MAX = 250;

    /** Three times what so many small events take: large ones take a loop longer than their number says. */
    static final int BYTES_PER_ROUND_MAX = 256 * 1024;

    /** At most ten a second. */
    private static final long BETWEEN_EVENTS_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Proxies give up on a connection on which nothing comes, often after a minute. */
    private static final long HEARTBEAT_NS = TimeUnit.SECONDS.toNanos(15);

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final Consumer<Runnable> later;
    private final Consumer<Error> onError;
    private final int streamsMax;
    private final List<Stream> open = new ArrayList<>();

    private int next;
    private boolean isRoundComing;
    private int sentBytes;

    /** For the scrape. */
    private volatile int count;

    /**
     * @param later runs a task on the event loop after {@link #ROUND_MS}
     * @param onError told of errors that the process should not outlive
     * @param streamsMax how many there may be
     */
    EventStreams(final Consumer<Runnable> later, final Consumer<Error> onError, final int streamsMax) {
        this.later = later;
        this.onError = onError;
        this.streamsMax = streamsMax;
    }

    boolean isFull() {
        return open.size() >= streamsMax;
    }

    /** How many there are. Any thread. */
    int count() {
        return count;
    }

    /** A connection that is one. */
    interface Receiver {
        /** Whether it takes more now: if not, it is passed over, and later shown what is newest then. */
        boolean isReady();

        /** Sends these bytes, in one piece. */
        void send(byte[] bytes);

        /** Says that nothing more will come, and closes. */
        void end();

        /** Closes, at whatever point it is. */
        void cut();
    }

    /** One of them, with what it was last shown. */
    static final class Stream {
        private final Receiver receiver;
        private final EventFeed feed;

        private byte[] shown;
        private long sentNs;
        private int index;

        private Stream(final Receiver receiver, final EventFeed feed) {
            this.receiver = receiver;
            this.feed = feed;
        }
    }

    /**
     * Takes one in. It is sent nothing before it is visited.
     *
     * @param known what the receiver has seen already; null for nothing
     */
    Stream add(final Receiver receiver, final EventFeed feed, final byte[] known, final long nowNs) {
        final Stream stream = new Stream(receiver, feed);
        stream.index = open.size();
        stream.shown = known;
        stream.sentNs = nowNs - HEARTBEAT_NS;
        open.add(stream);
        count = open.size();
        schedule();
        return stream;
    }

    /** Visits it no more. */
    void forget(final Stream stream) {
        final Stream last = open.remove(open.size() - 1);
        if (last != stream) {
            open.set(stream.index, last);
            last.index = stream.index;
        }
        count = open.size();
    }

    /** Ends all of them. */
    void endAll() {
        for (final Stream stream : List.copyOf(open)) {
            guarded(stream, stream.receiver::end);
        }
    }

    /** One that cannot be served must not stand in the way of the others. */
    private void guarded(final Stream stream, final Runnable work) {
        try {
            work.run();
        } catch (final RuntimeException e) {
            LOG.error("a stream of events is cut off", e);
            stream.receiver.cut();
        } catch (final Error e) {
            onError.accept(e);
            throw e;
        }
    }

    private void schedule() {
        if (!isRoundComing && !open.isEmpty()) {
            isRoundComing = true;
            later.accept(() -> round(System.nanoTime()));
        }
    }

    /** Visits the next ones. */
    void round(final long nowNs) {
        isRoundComing = false;
        sentBytes = 0;
        final int visits = Math.min(open.size(), VISITS_PER_ROUND_MAX);
        for (int i = 0; i < visits && !open.isEmpty() && sentBytes < BYTES_PER_ROUND_MAX; i++) {
            if (next >= open.size()) {
                next = 0;
            }
            final Stream stream = open.get(next++);
            guarded(stream, () -> sentBytes += visit(stream, nowNs));
        }
        schedule();
    }

    /**
     * Sends what is new, if it is time, or a sign of life.
     *
     * @return how many bytes
     */
    static int visit(final Stream stream, final long nowNs) {
        final byte[] newest = stream.feed.newest();
        if (newest == null) {
            stream.receiver.end();
        } else if (!stream.receiver.isReady()) {
            return 0; // a reader so slow is cut off by its connection's deadline
        } else if (newest != stream.shown && nowNs - stream.sentNs >= BETWEEN_EVENTS_NS) {
            stream.shown = newest;
            return send(stream, newest, nowNs);
        } else if (nowNs - stream.sentNs >= HEARTBEAT_NS) {
            return send(stream, HEARTBEAT, nowNs);
        }
        return 0;
    }

    private static int send(final Stream stream, final byte[] bytes, final long nowNs) {
        stream.sentNs = nowNs;
        stream.receiver.send(bytes);
        return bytes.length;
    }
}
