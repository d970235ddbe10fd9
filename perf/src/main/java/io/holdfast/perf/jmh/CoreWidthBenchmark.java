package io.holdfast.perf.jmh;

import io.holdfast.core.Limits;
import io.holdfast.perf.jmh.Verdicts.Verdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Presses of Buy by new buyers, with new keys, as the core grows wider: by drops over which presses are spread without
 * order, by SKUs of a drop, and by items of a hold. The number of live holds stays.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CommandTape.LENGTH)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreWidthBenchmark {
    private static final int LIVE_HOLDS = 100_000;

    /** Presses that get their hold, or come too late. */
    @State(Scope.Thread)
    public abstract static class WideTape extends CoreTape {
        /** What comes of them: held or gone. */
        @Param({"held", "gone"})
        public String verdict;

        @Override
        final int liveHolds() {
            return LIVE_HOLDS;
        }

        private boolean isHeld() {
            return switch (verdict) {
                case "held" -> true;
                case "gone" -> false;
                default -> throw new IllegalArgumentException("verdict=" + verdict + " is neither held nor gone");
            };
        }

        @Override
        final void begin(final Sale filled) {
            for (int refused = 0; !isHeld() && refused < filled.refusalsToRemember(); refused += CommandTape.LENGTH) {
                encode();
                decide();
            }
        }

        @Override
        final void prepare(final Sale between) {
            between.makeRoom();
        }

        @Override
        final void tape(final Sale next, final int index) {
            if (isHeld()) {
                next.tapeNewBuyer();
            } else {
                next.tapeGone();
            }
        }

        @Override
        final void check(final Sale decided) {
            decided.requireLiveChange(isHeld() ? CommandTape.LENGTH : 0);
            decided.requireVerdicts(isHeld() ? Verdict.HELD : Verdict.SOLD_OUT_FINAL);
        }
    }

    /** Drops of two SKUs, holds of one. */
    public static class Drops extends WideTape {
        @Param({"1", "100", "10000"})
        public int drops;

        @Override
        Width width() {
            return new Width(drops, Width.NARROW.skus(), 1);
        }
    }

    /** One drop, holds of one of its SKUs. */
    public static class Skus extends WideTape {
        @Param({"1", "10", "100", "1000"})
        public int skus;

        @Override
        Width width() {
            return new Width(1, skus, 1);
        }
    }

    /** One drop of as many SKUs as a hold can have items. */
    public static class Items extends WideTape {
        private static final int SKUS = Limits.ITEMS_PER_HOLD_MAX;

        @Param({"1", "2", "8"})
        public int items;

        @Override
        Width width() {
            return new Width(1, SKUS, items);
        }
    }

    @Benchmark
    public long drops(final Drops tape) {
        return tape.decide();
    }

    @Benchmark
    public long skus(final Skus tape) {
        return tape.decide();
    }

    @Benchmark
    public long items(final Items tape) {
        return tape.decide();
    }
}
