package io.holdfast.gateway.json;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Times on the wire: RFC 3339, written in UTC with milliseconds, read with any offset.
 *
 * <p>Years 0000 to 9999, as RFC 3339 has it; a time beyond is written with the digits that it needs.
 */
public final class Rfc3339 {
    /** The longest that {@link #write} makes of any 64-bit time. */
    public static final int LENGTH_MAX = 32;

    private static final long MS_PER_DAY = 86_400_000;
    private static final long DAYS_PER_ERA = 146_097;
    private static final long DAYS_TO_EPOCH = 719_468;

    private static final DateTimeFormatter READER = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd'T'HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendOffset("+HH:MM", "Z")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Rfc3339() {}

    /**
     * Writes a time without java.time, which allocates.
     *
     * @return the offset after the last byte written
     * @see <a href="https://howardhinnant.github.io/date_algorithms.html#civil_from_days">civil_from_days</a>
     */
    public static int write(final long epochMs, final byte[] into, final int offset) {
        final int msOfDay = (int) Math.floorMod(epochMs, MS_PER_DAY);
        final long days = Math.floorDiv(epochMs, MS_PER_DAY) + DAYS_TO_EPOCH;
        final long era = Math.floorDiv(days, DAYS_PER_ERA);
        final long dayOfEra = days - era * DAYS_PER_ERA;
        final long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = (int) (dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
        final int monthFromMarch = (5 * dayOfYear + 2) / 153;
        final int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        final int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        final long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);

        int at = year(year, into, offset);
        into[at++] = '-';
        at = two(month, into, at);
        into[at++] = '-';
        at = two(day, into, at);
        into[at++] = 'T';
        at = two(msOfDay / 3_600_000, into, at);
        into[at++] = ':';
        at = two(msOfDay / 60_000 % 60, into, at);
        into[at++] = ':';
        at = two(msOfDay / 1_000 % 60, into, at);
        into[at++] = '.';
        into[at++] = (byte) ('0' + msOfDay / 100 % 10);
        at = two(msOfDay % 100, into, at);
        into[at++] = 'Z';
        return at;
    }

    /**
     * Reads a time with any offset; what is finer than a millisecond is cut off.
     *
     * @throws DateTimeException when it is not an RFC 3339 time
     */
    public static long parse(final String text) {
        return OffsetDateTime.parse(text, READER).toInstant().toEpochMilli();
    }

    private static int year(final long year, final byte[] into, final int offset) {
        int at = offset;
        long rest = year;
        if (rest < 0) {
            into[at++] = '-';
            rest = -rest;
        }
        long divisor = 1000;
        while (rest / divisor >= 10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            into[at++] = (byte) ('0' + rest / divisor % 10);
        }
        return at;
    }

    private static int two(final int value, final byte[] into, final int offset) {
        into[offset] = (byte) ('0' + value / 10);
        into[offset + 1] = (byte) ('0' + value % 10);
        return offset + 2;
    }
}
