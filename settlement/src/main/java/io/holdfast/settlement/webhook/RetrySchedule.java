package io.holdfast.settlement.webhook;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** When a failed message is tried again: ever later, never all at the same moment, and for three days. */
final class RetrySchedule {
    static final long GIVE_UP_MS = TimeUnit.DAYS.toMillis(3);

    /** After the first failure, the second, …; the last stands for all that follow. */
    private static final long[] DELAYS_MS = {
        TimeUnit.SECONDS.toMillis(5),
        TimeUnit.SECONDS.toMillis(30),
        TimeUnit.MINUTES.toMillis(2),
        TimeUnit.MINUTES.toMillis(10),
        TimeUnit.HOURS.toMillis(1),
        TimeUnit.HOURS.toMillis(4)
    };

    /** A message that fails because the target is away waits no longer: it is what finds out that it is back. */
    private static final long AWAY_DELAY_MS = TimeUnit.MINUTES.toMillis(1);

    private static final double JITTER = 0.2;

    private final DoubleSupplier random;

    /** @param random from 0, inclusive, to 1 */
    RetrySchedule(final DoubleSupplier random) {
        this.random = random;
    }

    /** Whether a message that failed once more is to be given up. */
    boolean isOver(final long sinceFirstMs) {
        return sinceFirstMs >= GIVE_UP_MS;
    }

    /**
     * How long to wait after a failure, in milliseconds; the last attempt is made when the three days end.
     *
     * @param failuresBefore of this message
     * @param isAway whether the target is away for everyone
     */
    long delayMs(final int failuresBefore, final long sinceFirstMs, final boolean isAway) {
        final long planned = DELAYS_MS[Math.min(failuresBefore, DELAYS_MS.length - 1)];
        final long delay = isAway ? Math.min(planned, AWAY_DELAY_MS) : planned;
        final double jitter = 1 - JITTER + 2 * JITTER * random.getAsDouble();
        return Math.max(1, Math.min((long) (delay * jitter), GIVE_UP_MS - sinceFirstMs));
    }
}
