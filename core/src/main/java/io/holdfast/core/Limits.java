package io.holdfast.core;

/** Bounds of single fields and fixed spans of time. Unlike {@link Rules} they are part of the decisions' code. */
public final class Limits {
    public static final int NAME_LENGTH_MAX = 64;
    public static final int KEY_LENGTH_MAX = 255;
    public static final int PAYMENT_ID_LENGTH_MAX = 255;
    public static final int DROP_TITLE_BYTES_MAX = 1_024;
    public static final int ITEMS_PER_HOLD_MAX = 8;
    public static final int QUANTITY_MAX = 100;
    public static final int CAPACITY_MAX = 10_000_000;

    /** SKUs that the rules may let a drop have: room for its image is kept for every command. */
    public static final int SKUS_PER_DROP_MAX = 1_000;

    /** Eight items of a hundred at this price stay far below the largest long. */
    public static final long PRICE_MINOR_MAX = 1_000_000_000_000L;

    public static final int HOLD_SECONDS_MAX = 86_400;
    public static final int PAYMENT_GRACE_SECONDS_MAX = 3_600;

    /** Due events that one command emits at most; the rest waits for the next command. */
    public static final int DUE_EVENTS_PER_COMMAND_MAX = 64;

    /** Entries that one query looks at, at most. */
    public static final int SCAN_ENTRIES_MAX = 1_000;

    static final long REFUSAL_MEMORY_MS = 60_000;
    static final long PAYMENT_MEMORY_MS = 35L * 24 * 60 * 60 * 1_000;

    /** After a start no hold from before it is due for this long, so that payments retried through an outage win. */
    public static final long RESTART_GRACE_MS = 60_000;

    /** Longest event about a single hold: an image of eight items with the longest names, a key, and headers. */
    static final int HOLD_EVENT_LENGTH_MAX = 1_536;

    /** Longest event with a drop's image: of as many SKUs as can be, with the longest names, and headers. */
    static final int DROP_EVENT_LENGTH_MAX = 92_160;

    private Limits() {}

    /**
     * Bytes that a sink must have for a command of the given length: everything that may be due, the longest event that a
     * command of that length can lead to, and the word that the drop is sold out.
     */
    public static int eventsLengthMax(final int commandLength) {
        return (DUE_EVENTS_PER_COMMAND_MAX + 2) * HOLD_EVENT_LENGTH_MAX + DROP_EVENT_LENGTH_MAX + commandLength;
    }
}
