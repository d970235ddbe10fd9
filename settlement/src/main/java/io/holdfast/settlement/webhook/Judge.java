package io.holdfast.settlement.webhook;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Says what an ended attempt means for its message and for the target, by the status codes of the specification.
 *
 * <p>2xx is a delivery, all else a failure, redirects too. 410 says that nothing more is wanted: the message is given up at
 * once, and the next is tried only after {@link #GONE_PAUSE_MS}, so that a target that says so by mistake does not lose all
 * that is pending. 429, and 503 with a Retry-After, stop everything but probes.
 *
 * <p>What does not speak HTTP is asked more and more rarely: the client of Java 17 never closes a connection whose answer
 * it could not read, so each such answer costs a socket until the process ends.
 */
final class Judge {
    static final long GONE_PAUSE_MS = TimeUnit.MINUTES.toMillis(5);

    private static final long GARBLED_PAUSE_MIN_MS = TimeUnit.MINUTES.toMillis(1);
    private static final int GARBLED_DOUBLINGS_MAX = 6;

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    private final Circuit circuit;
    private final RetrySchedule schedule;

    /** Since the last success. */
    private int garbledInRow;

    Judge(final Circuit circuit, final RetrySchedule schedule) {
        this.circuit = circuit;
        this.schedule = schedule;
    }

    Result judge(final Attempt attempt, final long nowNs) {
        final int status = attempt.status();
        if (attempt.isGarbled()) {
            circuit.leaveAlone(nowNs, GARBLED_PAUSE_MIN_MS << Math.min(garbledInRow++, GARBLED_DOUBLINGS_MAX));
            return failed(attempt, 0);
        }
        if (status >= 200 && status < 300) {
            garbledInRow = 0;
            circuit.onSuccess(attempt.isProbe());
            return Result.delivered(attempt.message());
        }
        final long askedToWaitMs = askedToWaitMs(attempt);
        if (status == GONE) {
            circuit.leaveAlone(nowNs, GONE_PAUSE_MS);
            return Result.dead(attempt.message(), attempt.failure());
        }
        if (status == TOO_MANY_REQUESTS || askedToWaitMs > 0) {
            circuit.leaveAlone(nowNs, askedToWaitMs);
        }
        circuit.onFailure(nowNs, attempt.isProbe());
        return failed(attempt, askedToWaitMs);
    }

    private Result failed(final Attempt attempt, final long askedToWaitMs) {
        final Message message = attempt.message();
        if (schedule.isOver(message.sinceFirstMs())) {
            return Result.dead(message, attempt.failure());
        }
        final boolean isAway = circuit.isOpen() && isOfTarget(attempt);
        final long delayMs = schedule.delayMs(message.attempts(), message.sinceFirstMs(), isAway);
        return Result.again(message, Math.max(delayMs, askedToWaitMs), attempt.failure());
    }

    private static long askedToWaitMs(final Attempt attempt) {
        final boolean isAsked = attempt.status() == TOO_MANY_REQUESTS || attempt.status() == UNAVAILABLE;
        return isAsked ? RetryAfter.waitMs(attempt.retryAfter(), Instant.now()) : 0;
    }

    /** Whether the failure says more about the target than about the message. */
    private static boolean isOfTarget(final Attempt attempt) {
        return switch (attempt.status()) {
            case TOO_MANY_REQUESTS, BAD_GATEWAY, UNAVAILABLE, GATEWAY_TIMEOUT -> true;
            default -> !attempt.isAnswered();
        };
    }
}
