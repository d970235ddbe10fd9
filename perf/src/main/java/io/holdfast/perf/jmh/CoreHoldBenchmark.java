package io.holdfast.perf.jmh;

import io.holdfast.perf.jmh.Verdicts.Verdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Presses of Buy that get their hold, or get again what they got before. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CommandTape.LENGTH)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreHoldBenchmark {
    /** A buyer whom the core does not know, with a new key. */
    public static class NewBuyer extends SaleTape {
        @Override
        void prepare(final Sale between) {
            between.makeRoom();
        }

        @Override
        void tape(final Sale next, final int index) {
            next.tapeNewBuyer();
        }

        @Override
        void check(final Sale decided) {
            decided.requireLiveChange(CommandTape.LENGTH);
            decided.requireVerdicts(Verdict.HELD);
        }
    }

    /** A buyer who has a hold already, any of them, with a new key. */
    public static class KnownBuyer extends NewBuyer {
        @Override
        void tape(final Sale next, final int index) {
            next.tapeKnownBuyer();
        }
    }

    /** The same press of Buy again, any of those that were granted. */
    public static class Replay extends SaleTape {
        @Override
        void tape(final Sale next, final int index) {
            next.tapeReplay();
        }

        @Override
        void check(final Sale decided) {
            decided.requireLiveChange(0);
            decided.requireVerdicts(Verdict.REPEATED);
        }
    }

    @Benchmark
    public long newBuyer(final NewBuyer tape) {
        return tape.decide();
    }

    @Benchmark
    public long knownBuyer(final KnownBuyer tape) {
        return tape.decide();
    }

    @Benchmark
    public long replay(final Replay tape) {
        return tape.decide();
    }
}
