package io.holdfast.settlement.follow;

import java.util.concurrent.TimeUnit;

/**
 * How fast the log grows: the sale's own load, by which a follower tells when the processors are needed elsewhere. One
 * thread.
 */
public final class LogRate {
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private boolean hasBegun;
    private long windowBeganNs;
    private long windowBeganSequence;
    private double perSecond;

    /**
     * Records a second over the last whole window of 200 ms or more; 0 in the first.
     *
     * @param nowNs by {@link System#nanoTime}
     * @param endSequence of the log
     */
    public double perSecond(final long nowNs, final long endSequence) {
        if (!hasBegun) {
            begin(nowNs, endSequence);
        } else if (nowNs - windowBeganNs >= WINDOW_NS) {
            perSecond = (endSequence - windowBeganSequence) * 1e9 / (nowNs - windowBeganNs);
            begin(nowNs, endSequence);
        }
        return perSecond;
    }

    private void begin(final long nowNs, final long endSequence) {
        hasBegun = true;
        windowBeganNs = nowNs;
        windowBeganSequence = endSequence;
    }
}
