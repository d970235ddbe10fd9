package io.holdfast.perf.compare;

import java.util.Locale;

/** Who is measured, in the order in which they take turns. */
public enum Side {
    BARE("bare-netty", "bare Netty"),
    HOLDFAST("holdfast", "Holdfast"),
    REDIS("redis", "Netty + Redis");

    private final String word;
    private final String title;

    Side(final String word, final String title) {
        this.word = word;
        this.title = title;
    }

    /** As flags and JSON name it. */
    public String word() {
        return word;
    }

    /** As people name it. */
    public String title() {
        return title;
    }

    /** @throws IllegalArgumentException when there is none of that word */
    public static Side of(final String word) {
        for (final Side side : values()) {
            if (side.word.equals(word.toLowerCase(Locale.ROOT))) {
                return side;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is none of bare-netty, holdfast and redis");
    }
}
