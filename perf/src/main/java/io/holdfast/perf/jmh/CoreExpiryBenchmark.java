package io.holdfast.perf.jmh;

import io.holdfast.core.Limits;
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
 * Holds that fall due, ended by idle commands of {@value Limits#DUE_EVENTS_PER_COMMAND_MAX} each, in the order in
 * which they were placed. One operation is one hold. They are extras beside the live holds, which are not due.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CommandTape.LENGTH)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreExpiryBenchmark {
    /** A tape's worth of holds, swept by as few commands as can be. */
    public static class Sweep extends SaleTape {
        @Override
        void begin(final Sale filled) {
            // Twice: the first holds that expire are remembered, from then on each makes the core forget another.
            for (int i = 0; i < 2 * filled.window() / CommandTape.LENGTH; i++) {
                encode();
                decide();
            }
        }

        @Override
        void prepare(final Sale between) {
            between.letFlashHoldsFallDue();
        }

        @Override
        void tape(final Sale next, final int index) {
            if (index % Limits.DUE_EVENTS_PER_COMMAND_MAX == 0) {
                next.tapeExpiry();
            }
        }

        @Override
        void check(final Sale decided) {
            decided.requireLiveChange(-CommandTape.LENGTH);
            decided.requireEvents(CommandTape.LENGTH);
        }
    }

    @Benchmark
    public long sweep(final Sweep tape) {
        return tape.decide();
    }
}
