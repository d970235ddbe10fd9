package io.holdfast.settlement.redis;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Times as RFC 3339 in UTC with milliseconds, as HTTP answers them. Keeps the day that it spelt last, since times of a
 * sale are nearly all of one. One thread.
 */
final class UtcText {
    private static final long MS_PER_DAY = 86_400_000;

    private long day = Long.MIN_VALUE;
    private byte[] date = {};

    /**
     * Writes a time of the years 0 to 9999 and returns the offset behind it.
     *
     * @param epochMs in epoch milliseconds
     */
    int put(final long epochMs, final byte[] into, final int offset) {
        final long daysSinceEpoch = Math.floorDiv(epochMs, MS_PER_DAY);
        if (daysSinceEpoch != day) {
            date = LocalDate.ofEpochDay(daysSinceEpoch).toString().getBytes(StandardCharsets.US_ASCII);
            day = daysSinceEpoch;
        }
        System.arraycopy(date, 0, into, offset, date.length);
        final int ms = (int) Math.floorMod(epochMs, MS_PER_DAY);
        int at = offset + date.length;
        into[at++] = 'T';
        at = AsciiDigits.putPadded(ms / 3_600_000, 2, into, at);
        into[at++] = ':';
        at = AsciiDigits.putPadded(ms / 60_000 % 60, 2, into, at);
        into[at++] = ':';
        at = AsciiDigits.putPadded(ms / 1_000 % 60, 2, into, at);
        into[at++] = '.';
        at = AsciiDigits.putPadded(ms % 1_000, 3, into, at);
        into[at++] = 'Z';
        return at;
    }

    /** A time as a string, for rare use. */
    String of(final long epochMs) {
        final byte[] text = new byte[40];
        return new String(text, 0, put(epochMs, text, 0), StandardCharsets.US_ASCII);
    }
}
