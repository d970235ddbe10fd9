package io.holdfast.perf.ring;

import io.holdfast.perf.report.Numbers;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One way of loading the pipeline.
 *
 * @param mix what the answers are
 * @param ratePerSecond commands that are due each second, whatever becomes of them; {@link #SATURATED} for as many as can be
 * @param producers threads that submit
 * @param spinNs how long the writer looks for work before it parks; {@link #ENDLESS} for always
 * @param commitIntervalNs under load, the time from one commit to the next
 * @param isStaged whether each command is stamped at each stage, which costs the writer some 40 ns a command
 */
public record RingLoad(
        AnswerMix mix, int ratePerSecond, int producers, long spinNs, long commitIntervalNs, boolean isStaged) {
    public static final int SATURATED = 0;
    public static final long ENDLESS = Long.MAX_VALUE;
    private static final long NS_PER_MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    public boolean isSaturated() {
        return ratePerSecond == SATURATED;
    }

    String rateText() {
        return isSaturated() ? "saturated" + (isStaged ? ", staged" : "") : Numbers.text((long) ratePerSecond) + "/s";
    }

    String spinText() {
        return spinNs == ENDLESS ? "endless" : spinNs / NS_PER_MICRO + " µs";
    }

    String commitText() {
        return commitIntervalNs / NS_PER_MICRO + " µs";
    }

    /** Everything, for figures. */
    String name() {
        return mix.label() + " " + rateText() + ", spin " + spinText() + ", commit " + commitText() + ", " + producers
                + (producers == 1 ? " producer" : " producers");
    }

    /** Everything, for file names. */
    String fileName() {
        return String.format(
                Locale.ROOT,
                "%s-%s-spin-%s-commit-%d-producers-%d",
                mix.label(),
                isSaturated() ? "saturated" + (isStaged ? "-staged" : "") : ratePerSecond,
                spinNs == ENDLESS ? "endless" : spinNs / NS_PER_MICRO,
                commitIntervalNs / NS_PER_MICRO,
                producers);
    }
}
