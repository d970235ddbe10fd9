package io.holdfast.perf.load;

import java.util.Arrays;

/** When each request is due, in nanoseconds since the beginning, ascending. Immutable. */
public final class ArrivalTimes {
    /** Most arrivals of a run: at 50,000 a second, over a quarter of an hour. */
    public static final int COUNT_MAX = 50_000_000;

    private final long[] offsetsNs;

    private ArrivalTimes(final long[] offsetsNs) {
        this.offsetsNs = offsetsNs;
    }

    /** Takes over the array, which must be ascending from 0 on. */
    static ArrivalTimes ofAscending(final long[] offsetsNs) {
        long last = 0;
        for (final long offset : offsetsNs) {
            if (offset < last) {
                throw new IllegalArgumentException("arrivals go back from " + last + " to " + offset + " ns");
            }
            last = offset;
        }
        return new ArrivalTimes(offsetsNs);
    }

    public int count() {
        return offsetsNs.length;
    }

    /** When the one of that index is due, in nanoseconds since the beginning. */
    public long at(final int index) {
        return offsetsNs[index];
    }

    /** How many are due before that time. */
    public int countBefore(final long offsetNs) {
        final int found = Arrays.binarySearch(offsetsNs, offsetNs);
        int index = found < 0 ? -found - 1 : found;
        while (index > 0 && offsetsNs[index - 1] == offsetNs) {
            index--;
        }
        return index;
    }

    /** These arrivals, and the others behind them, later by that time. */
    public ArrivalTimes then(final long laterByNs, final ArrivalTimes others) {
        final long[] both = Arrays.copyOf(offsetsNs, offsetsNs.length + others.offsetsNs.length);
        for (int i = 0; i < others.offsetsNs.length; i++) {
            both[offsetsNs.length + i] = laterByNs + others.offsetsNs[i];
        }
        return ofAscending(both);
    }
}
