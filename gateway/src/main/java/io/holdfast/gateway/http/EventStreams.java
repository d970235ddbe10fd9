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

    /** At most ten a second. */
    private static final long BETWEEN_EVENTS_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Proxies give up on a connection on which nothing comes, often after a minute. */
    private static final long HEARTBEAT_NS = TimeUnit.SECONDS.toNanos(15);

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final Consumer<Runnable> later;
    private final Consumer<Error> onError;
    private final List<Stream> open = new ArrayList<>();

    private int next;
    private boolean isRoundComing;

    /** For the scrape. */
    private volatile int count;

    /**
     * @param later runs a task on the event loop after {@link #ROUND_MS}
     * @param onError told of errors that the process should not outlive
     */
    EventStreams(final Consumer<Runnable> later, final Consumer<Error> onError) {
        this.later = later;
        this.onError = onError;
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
            stream.receiver.end();
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
        for (int left = Math.min(open.size(), VISITS_PER_ROUND_MAX); left > 0 && !open.isEmpty(); left--) {
            if (next >= open.size()) {
                next = 0;
            }
            final Stream stream = open.get(next++);
            try {
                visit(stream, nowNs);
            } catch (final RuntimeException e) {
                LOG.error("a stream of events is cut off", e);
                stream.receiver.cut();
            } catch (final Error e) {
                onError.accept(e);
                throw e;
            }
        }
        schedule();
    }

    /** Sends what is new, if it is time, or a sign of life. */
    static void visit(final Stream stream, final long nowNs) {
        final byte[] newest = stream.feed.newest();
        if (newest == null) {
            stream.receiver.end();
        } else if (!stream.receiver.isReady()) {
            return; // a reader so slow is cut off by its connection's deadline
        } else if (newest != stream.shown && nowNs - stream.sentNs >= BETWEEN_EVENTS_NS) {
            stream.shown = newest;
            send(stream, newest, nowNs);
        } else if (nowNs - stream.sentNs >= HEARTBEAT_NS) {
            send(stream, HEARTBEAT, nowNs);
        }
    }

    private static void send(final Stream stream, final byte[] bytes, final long nowNs) {
        stream.sentNs = nowNs;
        stream.receiver.send(bytes);
    }
}
