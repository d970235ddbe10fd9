package io.holdfast.settlement.redis;

/**
 * What Redis should hold, hold by hold, without the words: enough to tell whether it is right.
 *
 * <p>Open addressing with linear probing; a removal shifts entries back and leaves no tombstones, so a slot is good until
 * the next change. {@value #BYTES_PER_SLOT} bytes a slot, at most two thirds of the slots in use.
 */
final class LiveHolds {
    /** Live holds that the mirror can follow: as many as a server grants. */
    static final int HOLDS_MAX = 10_000_000;

    /** A hold that is not there. */
    static final int NONE = -1;

    static final int BYTES_PER_SLOT = 29;

    private static final int INITIAL_SLOTS = 1 << 10;

    /** Seen by no sweep, and known to be missing or wrong in Redis. */
    private static final byte WRONG = -1;

    private long[] most;
    private long[] least;

    /** When a hold goes back by itself, in epoch milliseconds of logical time; 0 in a free slot. */
    private long[] dueAtMs;

    /** Checksum of the hold's text. */
    private int[] checksum;

    /** The sweep that last found the hold right, or {@link #WRONG}. */
    private byte[] seen;

    private int size;
    private int wrongCount;

    LiveHolds() {
        allocate(INITIAL_SLOTS);
    }

    private void allocate(final int slots) {
        most = new long[slots];
        least = new long[slots];
        dueAtMs = new long[slots];
        checksum = new int[slots];
        seen = new byte[slots];
    }

    int size() {
        return size;
    }

    int slots() {
        return dueAtMs.length;
    }

    /** Holds that Redis is known to have wrong, or not at all. */
    int wrongCount() {
        return wrongCount;
    }

    void clear() {
        size = 0;
        wrongCount = 0;
        allocate(INITIAL_SLOTS);
    }

    /** The slot of a hold, or {@link #NONE}. */
    int find(final long mostBits, final long leastBits) {
        final int mask = dueAtMs.length - 1;
        int slot = hash(mostBits, leastBits) & mask;
        while (dueAtMs[slot] != 0) {
            if (least[slot] == leastBits && most[slot] == mostBits) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return NONE;
    }

    /**
     * Enters a hold, or what has become of it.
     *
     * @param sweep the sweep that need not look at it
     * @return whether it is new
     */
    boolean put(final long mostBits, final long leastBits, final long dueMs, final int sum, final byte sweep) {
        if (dueMs <= 0) {
            throw new IllegalArgumentException("a hold that is due at " + dueMs + " ms");
        }
        int slot = find(mostBits, leastBits);
        final boolean isNew = slot == NONE;
        if (isNew) {
            if (size == HOLDS_MAX) {
                throw new IllegalStateException("more than " + HOLDS_MAX + " live holds: the mirror cannot follow");
            }
            if ((size + 1) * 3L > slots() * 2L) {
                grow();
            }
            slot = free(mostBits, leastBits);
            most[slot] = mostBits;
            least[slot] = leastBits;
            size++;
        } else if (seen[slot] == WRONG) {
            wrongCount--;
        }
        dueAtMs[slot] = dueMs;
        checksum[slot] = sum;
        seen[slot] = sweep;
        return isNew;
    }

    private int free(final long mostBits, final long leastBits) {
        final int mask = dueAtMs.length - 1;
        int slot = hash(mostBits, leastBits) & mask;
        while (dueAtMs[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        final long[] oldMost = most;
        final long[] oldLeast = least;
        final long[] oldDue = dueAtMs;
        final int[] oldChecksum = checksum;
        final byte[] oldSeen = seen;
        allocate(oldDue.length * 2);
        for (int i = 0; i < oldDue.length; i++) {
            if (oldDue[i] != 0) {
                final int slot = free(oldMost[i], oldLeast[i]);
                most[slot] = oldMost[i];
                least[slot] = oldLeast[i];
                dueAtMs[slot] = oldDue[i];
                checksum[slot] = oldChecksum[i];
                seen[slot] = oldSeen[i];
            }
        }
    }

    /** Takes a hold out and says whether it was there. */
    boolean remove(final long mostBits, final long leastBits) {
        int hole = find(mostBits, leastBits);
        if (hole == NONE) {
            return false;
        }
        if (seen[hole] == WRONG) {
            wrongCount--;
        }
        size--;
        final int mask = dueAtMs.length - 1;
        for (int slot = (hole + 1) & mask; dueAtMs[slot] != 0; slot = (slot + 1) & mask) {
            final int home = hash(most[slot], least[slot]) & mask;
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                move(slot, hole);
                hole = slot;
            }
        }
        dueAtMs[hole] = 0;
        return true;
    }

    private void move(final int from, final int to) {
        most[to] = most[from];
        least[to] = least[from];
        dueAtMs[to] = dueAtMs[from];
        checksum[to] = checksum[from];
        seen[to] = seen[from];
    }

    long dueAtMs(final int slot) {
        return dueAtMs[slot];
    }

    int checksum(final int slot) {
        return checksum[slot];
    }

    boolean isWrong(final int slot) {
        return seen[slot] == WRONG;
    }

    /** Notes that Redis has a hold as it should be. */
    void right(final int slot, final byte sweep) {
        if (seen[slot] == WRONG) {
            wrongCount--;
        }
        seen[slot] = sweep;
    }

    /** Notes that Redis has a hold wrong, and says whether that is news. */
    boolean wrong(final int slot) {
        if (seen[slot] == WRONG) {
            return false;
        }
        seen[slot] = WRONG;
        wrongCount++;
        return true;
    }

    /** Finds wrong what a sweep has not seen and is not due by then; returns how many that is news for. */
    int wrongUnlessSeen(final byte sweep, final long dueMs) {
        final int before = wrongCount;
        for (int slot = 0; slot < dueAtMs.length; slot++) {
            if (dueAtMs[slot] > dueMs && seen[slot] != sweep) {
                wrong(slot);
            }
        }
        return wrongCount - before;
    }

    /** Lets no hold be due before the given time, and returns how many had been. */
    int postpone(final long notBeforeMs) {
        int count = 0;
        for (int slot = 0; slot < dueAtMs.length; slot++) {
            if (dueAtMs[slot] != 0 && dueAtMs[slot] < notBeforeMs) {
                dueAtMs[slot] = notBeforeMs;
                count++;
            }
        }
        return count;
    }

    /** Forgets what earlier sweeps saw, before their numbers are used again. */
    void forgetSweeps() {
        for (int slot = 0; slot < seen.length; slot++) {
            if (seen[slot] != WRONG) {
                seen[slot] = 0;
            }
        }
    }

    private static int hash(final long mostBits, final long leastBits) {
        final long mixed = (mostBits ^ leastBits) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32);
    }
}
