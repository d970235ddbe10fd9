package io.holdfast.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    private static final DateTimeFormatter REFERENCE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long YEAR_0_MS = -62_167_219_200_000L;
    private static final long YEAR_10000_MS = 253_402_300_800_000L;

    private static String written(final long epochMs) {
        final byte[] bytes = new byte[Rfc3339.LENGTH_MAX];
        return new String(bytes, 0, Rfc3339.write(epochMs, bytes, 0), StandardCharsets.US_ASCII);
    }

    @Test
    void shouldWriteLikeThePlatformWhenTheYearHasFourDigits() {
        final long seed = 4711;
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            final long timeMs = random.nextLong(YEAR_0_MS, YEAR_10000_MS);
            assertThat(written(timeMs)).as("seed %d", seed).isEqualTo(REFERENCE.format(Instant.ofEpochMilli(timeMs)));
        }
    }

    @Test
    void shouldWriteEdgesOfYearsWhenAsked() {
        assertThat(written(0)).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(written(-1)).isEqualTo("1969-12-31T23:59:59.999Z");
        assertThat(written(Instant.parse("2024-02-29T23:59:59.999Z").toEpochMilli()))
                .isEqualTo("2024-02-29T23:59:59.999Z");
        assertThat(written(YEAR_0_MS)).isEqualTo("0000-01-01T00:00:00.000Z");
    }

    @Test
    void shouldFitWhenTheTimeIsTheMostExtreme() {
        assertThat(written(Long.MAX_VALUE)).startsWith("292278994-08-17T").hasSizeLessThan(Rfc3339.LENGTH_MAX);
        assertThat(written(Long.MIN_VALUE)).startsWith("-292275055-05-16T");
    }

    @Test
    void shouldReadAnyOffsetAndCaseWhenParsed() {
        final long expectedMs = Instant.parse("2026-11-23T12:00:00.123Z").toEpochMilli();

        assertThat(Rfc3339.parse("2026-11-23T12:00:00.123Z")).isEqualTo(expectedMs);
        assertThat(Rfc3339.parse("2026-11-23t12:00:00.123z")).isEqualTo(expectedMs);
        assertThat(Rfc3339.parse("2026-11-23T13:30:00.123456789+01:30")).isEqualTo(expectedMs);
        assertThat(Rfc3339.parse("2026-11-22T23:00:00.123-13:00")).isEqualTo(expectedMs);
        assertThat(Rfc3339.parse("2026-11-23T12:00:00Z")).isEqualTo(expectedMs - 123);
        assertThat(Rfc3339.parse("2026-11-23T12:00:00-00:00")).isEqualTo(expectedMs - 123);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T12:00:00",
                "2026-11-23 12:00:00Z",
                "2026-11-23T12:00Z",
                "2026-02-29T12:00:00Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T12:00:00.Z",
                "2026-11-23T12:00:00+1:00",
                "20261123T120000Z",
                "2026-11-23T12:00:00ZZ",
                "+12026-11-23T12:00:00Z"
            })
    void shouldRefuseWhenItIsNoTime(final String text) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
