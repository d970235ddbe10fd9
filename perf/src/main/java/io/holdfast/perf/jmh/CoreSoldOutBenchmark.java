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

/**
 * Presses of Buy that come too late, each of a buyer whom the core does not know. The memory of refusals by key is
 * full: each one that is remembered makes the core forget the oldest.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CommandTape.LENGTH)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreSoldOutBenchmark {
    /** Nothing is left, and nothing can come back. */
    public static class Gone extends SaleTape {
        @Override
        void begin(final Sale filled) {
            for (int remembered = 0; remembered < filled.refusalsToRemember(); remembered += CommandTape.LENGTH) {
                encode();
                decide();
            }
        }

        @Override
        void tape(final Sale next, final int index) {
            next.tapeGone();
        }

        @Override
        void check(final Sale decided) {
            decided.requireLiveChange(0);
            decided.requireVerdicts(Verdict.SOLD_OUT_FINAL);
        }
    }

    /** The same by requests without a key, whose refusal is not remembered. */
    public static class GoneWithoutKey extends Gone {
        @Override
        void tape(final Sale next, final int index) {
            next.tapeGoneWithoutKey();
        }
    }

    /** All units are held by the live holds: some may come back. */
    public static class AllHeld extends Gone {
        @Override
        boolean isAllHeld() {
            return true;
        }

        @Override
        void tape(final Sale next, final int index) {
            next.tapeHeldOut();
        }

        @Override
        void check(final Sale decided) {
            decided.requireLiveChange(0);
            decided.requireVerdicts(Verdict.SOLD_OUT_HELD);
        }
    }

    @Benchmark
    public long gone(final Gone tape) {
        return tape.decide();
    }

    @Benchmark
    public long goneWithoutKey(final GoneWithoutKey tape) {
        return tape.decide();
    }

    @Benchmark
    public long allHeld(final AllHeld tape) {
        return tape.decide();
    }
}
