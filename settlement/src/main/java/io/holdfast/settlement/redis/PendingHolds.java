package io.holdfast.settlement.redis;

import java.util.Arrays;

/**
 * What became of holds since the last flush: the latest state of each, once. A hold that was placed and has ended before it
 * was ever written is skipped.
 *
 * <p>Bounded: at {@link #ENTRIES_MAX} holds, or {@link #TEXT_BYTES_MAX} of text, nothing more may be added before it is
 * cleared. Open addressing from the hold to its entry; texts lie in one array, one after the other.
 */
final class PendingHolds {
    static final int ENTRIES_MAX = 1 << 15;
    static final int TEXT_BYTES_MAX = 1 << 25;

    private static final int INDEX_SLOTS = ENTRIES_MAX * 2;
    private static final int INITIAL_TEXT_BYTES = 1 << 18;

    /** What is to be done about a hold. */
    enum Kind {
        WRITE,
        DELETE,
        /** It came and went. */
        NOTHING
    }

    private final int[] index = new int[INDEX_SLOTS];
    private final int[] slotOf = new int[ENTRIES_MAX];
    private final long[] most = new long[ENTRIES_MAX];
    private final long[] least = new long[ENTRIES_MAX];
    private final Kind[] kind = new Kind[ENTRIES_MAX];
    private final boolean[] isUnwritten = new boolean[ENTRIES_MAX];
    private final int[] textOffset = new int[ENTRIES_MAX];
    private final int[] textLength = new int[ENTRIES_MAX];

    private byte[] text = new byte[INITIAL_TEXT_BYTES];
    private int textEnd;
    private int count;
    private long skipped;

    /** Whether so many more changes have room, whatever they are. */
    boolean hasRoom(final int changes) {
        return count + changes <= ENTRIES_MAX && textEnd + changes * HoldText.LENGTH_MAX <= TEXT_BYTES_MAX;
    }

    int count() {
        return count;
    }

    /** Writes and deletions that coalescing has saved since the start. */
    long skipped() {
        return skipped;
    }

    /**
     * A hold is live, and its text is this now.
     *
     * @param isNew whether Redis cannot have it yet
     */
    void live(final long mostBits, final long leastBits, final HoldText hold, final boolean isNew) {
        final int before = count;
        final int entry = entry(mostBits, leastBits);
        if (entry == before) {
            isUnwritten[entry] = isNew;
        } else {
            skipped++;
        }
        kind[entry] = Kind.WRITE;
        if (textEnd + hold.length() > text.length) {
            text = Arrays.copyOf(text, Math.min(TEXT_BYTES_MAX, text.length * 2));
        }
        System.arraycopy(hold.bytes(), 0, text, textEnd, hold.length());
        textOffset[entry] = textEnd;
        textLength[entry] = hold.length();
        textEnd += hold.length();
    }

    /** A hold is live no more. */
    void ended(final long mostBits, final long leastBits) {
        final int before = count;
        final int entry = entry(mostBits, leastBits);
        if (entry == before) {
            isUnwritten[entry] = false;
            kind[entry] = Kind.DELETE;
        } else if (isUnwritten[entry]) {
            kind[entry] = Kind.NOTHING;
            skipped += 2;
        } else {
            kind[entry] = Kind.DELETE;
            skipped++;
        }
    }

    private int entry(final long mostBits, final long leastBits) {
        int slot = (int) ((mostBits ^ leastBits) * 0x9E37_79B9_7F4A_7C15L >>> 32) & (INDEX_SLOTS - 1);
        while (index[slot] != 0) {
            final int entry = index[slot] - 1;
            if (least[entry] == leastBits && most[entry] == mostBits) {
                return entry;
            }
            slot = (slot + 1) & (INDEX_SLOTS - 1);
        }
        if (count == ENTRIES_MAX) {
            throw new IllegalStateException("more than " + ENTRIES_MAX + " holds wait to be mirrored");
        }
        most[count] = mostBits;
        least[count] = leastBits;
        slotOf[count] = slot;
        index[slot] = ++count;
        return count - 1;
    }

    /** After a flush whose outcome is unknown: whatever was to be written may be there. */
    void mayBeWritten() {
        Arrays.fill(isUnwritten, 0, count, false);
    }

    void clear() {
        for (int entry = 0; entry < count; entry++) {
            index[slotOf[entry]] = 0;
        }
        count = 0;
        textEnd = 0;
    }

    Kind kind(final int entry) {
        return kind[entry];
    }

    long most(final int entry) {
        return most[entry];
    }

    long least(final int entry) {
        return least[entry];
    }

    byte[] text() {
        return text;
    }

    int textOffset(final int entry) {
        return textOffset[entry];
    }

    int textLength(final int entry) {
        return textLength[entry];
    }
}
