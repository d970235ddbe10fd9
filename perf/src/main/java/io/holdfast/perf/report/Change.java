package io.holdfast.perf.report;

import java.util.Locale;

/**
 * What became of one figure from an earlier run to this one.
 *
 * @param before null when the earlier run did not have it
 */
public record Change(Figure before, Figure now, Verdict verdict) {
    /** Medians nearer to each other than this say nothing, whatever their ranges. */
    public static final double NOISE = 0.15;

    /** Fewer rounds give no range that means anything. */
    public static final int ROUNDS_MIN = 3;

    /** How a change is to be taken. */
    public enum Verdict {
        /** Beyond noise, and the way it should go. */
        BETTER,
        /** Beyond noise, and the wrong way. */
        WORSE,
        /** A yardstick changed beyond noise: the machine is not what it was. */
        MOVED,
        /** The ranges overlap, or the medians are near. */
        WITHIN_NOISE,
        /** One of the two runs has fewer than {@link #ROUNDS_MIN} rounds. */
        TOO_FEW_ROUNDS,
        /** The earlier run did not have it, or had it in another unit. */
        NEW
    }

    static Change of(final Figure before, final Figure now) {
        if (before == null || !before.unit().equals(now.unit()) || before.goal() != now.goal()) {
            return new Change(null, now, Verdict.NEW);
        }
        return new Change(before, now, verdict(before, now));
    }

    private static Verdict verdict(final Figure before, final Figure now) {
        if (Math.min(before.rounds().size(), now.rounds().size()) < ROUNDS_MIN) {
            return Verdict.TOO_FEW_ROUNDS;
        }
        final boolean isOverlapping = before.least() <= now.most() && now.least() <= before.most();
        final double difference = Math.abs(now.median() - before.median());
        if (isOverlapping || difference <= NOISE * Math.abs(before.median())) {
            return Verdict.WITHIN_NOISE;
        }
        final boolean isHigher = now.median() > before.median();
        return switch (now.goal()) {
            case HIGHER -> isHigher ? Verdict.BETTER : Verdict.WORSE;
            case LOWER -> isHigher ? Verdict.WORSE : Verdict.BETTER;
            case YARDSTICK -> Verdict.MOVED;
        };
    }

    /** The change of the median as text, {@code +12%}; empty where there is none. */
    public String percent() {
        if (before == null || before.median() == 0) {
            return "";
        }
        return String.format(Locale.ROOT, "%+.0f%%", 100 * (now.median() / before.median() - 1));
    }
}
