package io.holdfast.settlement.webhook;

import java.util.concurrent.TimeUnit;

/**
 * Keeps an outage of the target from costing every message an attempt: after several failures in a row, whatever they were,
 * one probe at a time goes out, ever more rarely, until one succeeds. For one thread.
 */
final class Circuit {
    static final int FAILURES_TO_OPEN = 5;

    private final Pace pace;

    private int failuresInRow;

    /** While it is open: when the next probe may go, and how long to pause after it. */
    private boolean open;

    private long nextProbeNs;
    private long pauseMs;

    Circuit(final Pace pace) {
        this.pace = pace;
    }

    boolean isOpen() {
        return open;
    }

    /** How many requests may be started now. */
    int permits(final long nowNs, final int inFlight) {
        if (!open) {
            return pace.inFlightMax() - inFlight;
        }
        return inFlight == 0 && nowNs - nextProbeNs >= 0 ? 1 : 0;
    }

    /** @param isProbe whether it was sent while this was open: what was under way before says nothing new */
    void onSuccess(final boolean isProbe) {
        if (isProbe || !open) {
            failuresInRow = 0;
            open = false;
        }
    }

    /** @param isProbe whether it was sent while this was open */
    void onFailure(final long nowNs, final boolean isProbe) {
        failuresInRow++;
        if (!open && failuresInRow >= FAILURES_TO_OPEN) {
            open(nowNs);
        } else if (open && isProbe) {
            pauseMs = Math.min(pace.probeMaxMs(), 2 * pauseMs);
            postpone(nowNs, pauseMs);
        }
    }

    /** The target is to be left alone for so long, and for the shortest pause at least. */
    void leaveAlone(final long nowNs, final long waitMs) {
        if (!open) {
            open(nowNs);
        }
        postpone(nowNs, waitMs);
    }

    private void open(final long nowNs) {
        open = true;
        pauseMs = pace.probeMinMs();
        nextProbeNs = nowNs + TimeUnit.MILLISECONDS.toNanos(pauseMs);
    }

    private void postpone(final long nowNs, final long byMs) {
        final long untilNs = nowNs + TimeUnit.MILLISECONDS.toNanos(byMs);
        nextProbeNs = untilNs - nextProbeNs > 0 ? untilNs : nextProbeNs;
    }
}
