package io.holdfast.perf.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A number's way through a raw Disruptor ring, with no work at either end. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RingBenchmark {
    private static final int EVENTS = 131_072;

    /**
     * Events that a producer publishes before it signals once, where publishing does not; also what JMH takes for one
     * operation, since it keeps whole nanoseconds.
     */
    static final int PASS = 32;

    private static final int ROUND_TRIPS = 16;

    /** One way: from some producers to one consumer, at whatever rate can be kept up. */
    @State(Scope.Thread)
    public static class OneWay {
        @Param
        public Waiting waiting;

        @Param({"SINGLE", "MULTI_1", "MULTI_4"})
        public Producers producers;

        private Hop hop;
        private ExecutorService threads;
        private List<Callable<Void>> work;

        /** The consumer's own until the ring is drained. */
        private long sum;

        @Setup(Level.Trial)
        public void start() {
            hop = new Hop(waiting, producers);
            hop.start(value -> sum += value);
            threads = Executors.newFixedThreadPool(producers.count());
            work = new ArrayList<>();
            for (int i = 0; i < producers.count(); i++) {
                work.add(() -> {
                    publish(EVENTS / producers.count());
                    return null;
                });
            }
        }

        private void publish(final int count) {
            for (int i = 1; i <= count; i++) {
                hop.publish(1);
                if (i % PASS == 0) {
                    hop.flush();
                }
            }
        }

        @Setup(Level.Invocation)
        public void reset() {
            sum = 0;
        }

        long run() throws InterruptedException, ExecutionException {
            if (producers.count() == 1) {
                publish(EVENTS);
            } else {
                for (final Future<Void> each : threads.invokeAll(work)) {
                    each.get();
                }
            }
            while (!hop.isDrained()) {
                Thread.yield();
            }
            return sum;
        }

        /** Throws unless each event arrived once. */
        @TearDown(Level.Invocation)
        public void check() {
            if (sum != EVENTS) {
                throw new IllegalStateException(sum + " events arrived, not " + EVENTS);
            }
        }

        @TearDown(Level.Trial)
        public void stop() throws InterruptedException {
            threads.shutdown();
            hop.stop();
        }
    }

    /**
     * There and back: what a wake-up costs on either side. One operation is one round trip, with nothing else under
     * way.
     */
    @State(Scope.Thread)
    public static class PingPong {
        @Param
        public Waiting waiting;

        private Hop there;
        private Hop back;
        private long sequence;

        @Setup(Level.Trial)
        public void start() {
            there = new Hop(waiting, Producers.SINGLE);
            back = new Hop(waiting, Producers.SINGLE);
            back.consumeHere();
            there.start(value -> {
                back.publish(value);
                back.flush();
            });
        }

        long run() {
            for (int i = 0; i < ROUND_TRIPS; i++) {
                there.publish(sequence);
                there.flush();
                final long echo = back.await(sequence);
                if (echo != sequence) {
                    throw new IllegalStateException(echo + " came back, not " + sequence);
                }
                sequence++;
            }
            return sequence;
        }

        @TearDown(Level.Trial)
        public void stop() throws InterruptedException {
            there.stop();
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS / PASS)
    public long handOff(final OneWay ring) throws InterruptedException, ExecutionException {
        return ring.run();
    }

    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public long pingPong(final PingPong rings) {
        return rings.run();
    }
}
