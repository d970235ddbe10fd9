package io.holdfast.gateway.api;

import io.holdfast.core.EventSink;
import io.holdfast.core.Limits;
import io.holdfast.core.StateMachine;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.gateway.sequencer.AnswerHandler;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Lane;
import io.holdfast.gateway.sequencer.Sequencer;
import io.holdfast.gateway.sequencer.Submission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The real core without a journal: decides when it is flushed, and can be told to keep the answers back. */
final class MemorySequencer implements Sequencer, PublicStock {
    private final StateMachine core = new StateMachine(7);
    private final EventSink events = new EventSink();
    private final UnsafeBuffer sink = new UnsafeBuffer(new byte[1 << 20]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final List<MemoryLane> lanes = new ArrayList<>();
    /** The same array as long as a drop has not changed. */
    private final Map<String, byte[]> images = new HashMap<>();

    private final AtomicInteger flushes = new AtomicInteger();

    private long sequence = 100;
    private long timeMs = 1_795_000_000_000L;
    private volatile Submission verdict = Submission.ACCEPTED;
    private volatile boolean keepingBack;

    @Override
    public synchronized Lane openLane(final Executor eventLoop, final AnswerHandler handler, final int inFlightMax) {
        final MemoryLane lane = new MemoryLane(eventLoop, handler);
        lanes.add(lane);
        return lane;
    }

    /** What becomes of submissions from now on. */
    void say(final Submission verdict) {
        this.verdict = verdict;
    }

    /** Answers are decided and kept from now on. */
    void keepBack() {
        keepingBack = true;
    }

    /** Gives back what was kept. */
    void release(final boolean answered) {
        keepingBack = false;
        lanes.forEach(lane -> lane.giveBack(answered));
    }

    int keptBack() {
        return lanes.stream().mapToInt(MemoryLane::decided).sum();
    }

    int flushes() {
        return flushes.get();
    }

    synchronized void advance(final long ms) {
        timeMs += ms;
    }

    synchronized long timeMs() {
        return timeMs;
    }

    synchronized int liveHolds() {
        return core.liveHolds();
    }

    @Override
    public synchronized byte[] image(final String drop) {
        final Map<String, byte[]> now = new HashMap<>();
        core.dropImages(0, (buffer, offset, length) -> now.put(name(buffer, offset), copy(buffer, offset, length)));
        final byte[] image = now.get(drop);
        if (!Arrays.equals(image, images.get(drop))) {
            images.put(drop, image);
        }
        return images.get(drop);
    }

    private String name(final DirectBuffer buffer, final int offset) {
        final var image = new io.holdfast.core.message.DropImageDecoder().wrapAndApplyHeader(buffer, offset, header);
        for (final var sku = image.skus(); sku.hasNext(); ) {
            sku.next().skipSku();
        }
        return image.drop();
    }

    private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    private synchronized void decide(final Exchange exchange) {
        if (exchange.isQuery()) {
            core.query(timeMs, exchange.message(), 0, exchange.answer());
        } else {
            final int room = Limits.eventsLengthMax(exchange.messageLength());
            core.decide(
                    ++sequence,
                    timeMs,
                    exchange.message(),
                    0,
                    exchange.messageLength(),
                    events.wrap(sink, 0, room),
                    exchange.answer());
        }
        exchange.complete(true);
    }

    private final class MemoryLane implements Lane {
        private final Executor eventLoop;
        private final AnswerHandler handler;
        private final Queue<Exchange> submitted = new ArrayDeque<>();
        private final Queue<Exchange> decided = new ArrayDeque<>();

        MemoryLane(final Executor eventLoop, final AnswerHandler handler) {
            this.eventLoop = eventLoop;
            this.handler = handler;
        }

        @Override
        public Submission submit(final Exchange exchange) {
            if (verdict == Submission.ACCEPTED) {
                submitted.add(exchange);
            }
            return verdict;
        }

        @Override
        public void flush() {
            flushes.incrementAndGet();
            synchronized (decided) {
                for (Exchange exchange = submitted.poll(); exchange != null; exchange = submitted.poll()) {
                    decide(exchange);
                    decided.add(exchange);
                }
            }
            if (!keepingBack) {
                giveBack(true);
            }
        }

        int decided() {
            synchronized (decided) {
                return decided.size();
            }
        }

        void giveBack(final boolean answered) {
            eventLoop.execute(() -> {
                for (Exchange exchange = poll(); exchange != null; exchange = poll()) {
                    exchange.complete(answered);
                    handler.onAnswer(exchange);
                }
                handler.onPassEnd();
            });
        }

        private Exchange poll() {
            synchronized (decided) {
                return decided.poll();
            }
        }
    }
}
