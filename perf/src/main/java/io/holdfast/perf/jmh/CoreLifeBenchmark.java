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
 * What becomes of a live hold, any of them: released, extended, paid, expired. The memory of finished holds is full:
 * each release and expiry makes the core forget the hold that finished first, and its time is in the figure.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CommandTape.LENGTH)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreLifeBenchmark {
    /** Given back by its buyer. */
    public static class Release extends SaleTape {
        @Override
        void prepare(final Sale between) {
            between.refill();
        }

        @Override
        void tape(final Sale next, final int index) {
            next.tapeRelease();
        }

        @Override
        void check(final Sale decided) {
            decided.requireLiveChange(-CommandTape.LENGTH);
            decided.requireVerdicts(Verdict.RELEASED);
        }
    }

    /** Given more time for the first time. */
    public static class Extension extends SaleTape {
        @Override
        void prepare(final Sale between) {
            between.replaceExtended();
        }

        @Override
        void tape(final Sale next, final int index) {
            next.tapeFirstExtension();
        }

        @Override
        void check(final Sale decided) {
            decided.requireLiveChange(0);
            decided.requireEvents(CommandTape.LENGTH);
            decided.requireVerdicts(Verdict.HELD);
        }
    }

    /** Paid. The hold stays for good and the payment for 35 days: what is allocated is kept. */
    public static class Payment extends Release {
        @Override
        void tape(final Sale next, final int index) {
            next.tapePayment();
        }

        @Override
        void check(final Sale decided) {
            decided.requireLiveChange(-CommandTape.LENGTH);
            decided.requireVerdicts(Verdict.PAID);
        }
    }

    @Benchmark
    public long release(final Release tape) {
        return tape.decide();
    }

    @Benchmark
    public long extension(final Extension tape) {
        return tape.decide();
    }

    @Benchmark
    @Warmup(iterations = 5, time = 250, timeUnit = TimeUnit.MILLISECONDS)
    @Measurement(iterations = 5, time = 250, timeUnit = TimeUnit.MILLISECONDS)
    public long payment(final Payment tape) {
        return tape.decide();
    }
}
