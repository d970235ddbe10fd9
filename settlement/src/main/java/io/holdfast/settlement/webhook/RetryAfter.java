package io.holdfast.settlement.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/** The {@code Retry-After} of an answer (RFC 9110, 10.2.3): seconds or a date, believed within bounds. */
final class RetryAfter {
    static final long MAX_MS = TimeUnit.MINUTES.toMillis(15);

    private static final int SECONDS_DIGITS_MAX = 9;

    private RetryAfter() {}

    /** How long to wait, in milliseconds, 0 to {@link #MAX_MS}; 0 for what is neither seconds nor a date. */
    static long waitMs(final String value, final Instant now) {
        final String trimmed = value.trim();
        if (trimmed.matches("[0-9]+")) {
            return trimmed.length() > SECONDS_DIGITS_MAX
                    ? MAX_MS
                    : bounded(TimeUnit.SECONDS.toMillis(Long.parseLong(trimmed)));
        }
        try {
            final Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(trimmed));
            return bounded(Duration.between(now, until).toMillis());
        } catch (final DateTimeException e) {
            // The schedule says when: a target that cannot say it clearly has not said it.
            return 0;
        }
    }

    private static long bounded(final long waitMs) {
        return Math.max(0, Math.min(MAX_MS, waitMs));
    }
}
