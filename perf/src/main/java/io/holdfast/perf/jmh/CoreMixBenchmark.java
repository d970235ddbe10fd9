package io.holdfast.perf.jmh;

import io.holdfast.perf.jmh.Verdicts.Verdict;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
 * A drop as it goes once it is nearly gone, in no order: of 256 commands 204 come too late, 16 get a hold, 16 repeat
 * one, 8 pay, 8 release and 4 extend.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CommandTape.LENGTH)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreMixBenchmark {
    private enum Kind {
        HOLD(16),
        SOLD_OUT(204),
        REPLAY(16),
        EXTENSION(4),
        RELEASE(8),
        PAYMENT(8);

        private final int share;

        Kind(final int share) {
            this.share = share;
        }
    }

    /** The mix: holds go where, one tape earlier, others were released or paid. */
    public static class Mix extends SaleTape {
        private static final long SEED = 17;

        private final Kind[] kinds = shuffled();

        private static Kind[] shuffled() {
            final Kind[] kinds = new Kind[CommandTape.LENGTH];
            int from = 0;
            for (final Kind kind : Kind.values()) {
                Arrays.fill(kinds, from, from + kind.share, kind);
                from += kind.share;
            }
            final List<Kind> list = Arrays.asList(kinds);
            Collections.shuffle(list, new Random(SEED));
            return kinds;
        }

        @Override
        void begin(final Sale filled) {
            filled.beginTape();
            for (int i = 0; i < Kind.HOLD.share; i++) {
                filled.tapeRelease();
            }
            filled.decideTape();
        }

        @Override
        void prepare(final Sale between) {
            between.keepEmptySlots();
        }

        @Override
        void tape(final Sale next, final int index) {
            switch (kinds[index]) {
                case HOLD -> next.tapeRefill();
                case SOLD_OUT -> next.tapeGone();
                case REPLAY -> next.tapeReplay();
                case EXTENSION -> next.tapeExtension();
                case RELEASE -> next.tapeRelease();
                case PAYMENT -> next.tapePayment();
            }
        }

        @Override
        void check(final Sale decided) {
            decided.requireLiveChange(0);
            decided.requireVerdicts(Verdict.HELD, Kind.HOLD.share + Kind.EXTENSION.share);
            decided.requireVerdicts(Verdict.SOLD_OUT_FINAL, Kind.SOLD_OUT.share);
            decided.requireVerdicts(Verdict.REPEATED, Kind.REPLAY.share);
            decided.requireVerdicts(Verdict.RELEASED, Kind.RELEASE.share);
            decided.requireVerdicts(Verdict.PAID, Kind.PAYMENT.share);
        }
    }

    @Benchmark
    public long drop(final Mix tape) {
        return tape.decide();
    }
}
