package io.holdfast.perf.rehearsal;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param question whose answer it bears on
 * @param what was looked at, in words
 * @param isWell whether it is as it must be
 * @param detail the figures, and what is wrong with them
 */
public record Finding(Question question, String what, boolean isWell, String detail) {
    /** What a rehearsal is asked. */
    public enum Question {
        /** Was anything sold twice, or more than there was? */
        OVERSOLD,
        /** Was anybody not answered, or anything forgotten that was promised? */
        LOST,
        /** Did it take longer than is wished? */
        SLOW;

        /** As it is asked: {@code oversold?}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT) + "?";
        }
    }
}
