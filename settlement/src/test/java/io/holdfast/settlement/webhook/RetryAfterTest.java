package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1000", "' 120 ', 120000", "900, 900000", "901, 900000", "99999999999999999999999, 900000"})
    void shouldBelieveSecondsWithinBounds(final String value, final long waitMs) {
        assertThat(RetryAfter.waitMs(value, NOW)).isEqualTo(waitMs);
    }

    @Test
    void shouldBelieveADateWithinBounds() {
        assertThat(RetryAfter.waitMs("Sun, 01 Nov 2026 12:00:07 GMT", NOW)).isEqualTo(7_000);
        assertThat(RetryAfter.waitMs("Sun, 01 Nov 2026 11:00:00 GMT", NOW)).isZero();
        assertThat(RetryAfter.waitMs("Wed, 01 Nov 2090 12:00:00 GMT", NOW)).isEqualTo(RetryAfter.MAX_MS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1.5", "٣", "Sun, 32 Nov 2026 12:00:07 GMT"})
    void shouldTakeNoWordWhenItIsNeitherSecondsNorADate(final String value) {
        assertThat(RetryAfter.waitMs(value, NOW)).isZero();
    }
}
