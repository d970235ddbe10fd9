package io.holdfast.perf.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The shapes of a crowd. The same arguments give the same arrivals. */
public enum Arrivals {
    /** One after another at equal distances. */
    UNIFORM {
        @Override
        void fill(final long[] offsetsNs, final long windowNs, final SplittableRandom random) {
            for (int i = 0; i < offsetsNs.length; i++) {
                offsetsNs[i] = (long) ((double) windowNs / offsetsNs.length * i);
            }
        }
    },

    /** Independent of each other: so many points at random in the window are a Poisson process of that count. */
    POISSON {
        @Override
        void fill(final long[] offsetsNs, final long windowNs, final SplittableRandom random) {
            for (int i = 0; i < offsetsNs.length; i++) {
                offsetsNs[i] = random.nextLong(windowNs);
            }
            Arrays.sort(offsetsNs);
        }
    },

    /**
     * Everyone waits for twelve o'clock: about half of them press within the first thirtieth of the window, a second of
     * thirty; of those who have not pressed, a share that falls with the time (after t seconds, one in 1 + t is left).
     */
    SPIKE {
        @Override
        void fill(final long[] offsetsNs, final long windowNs, final SplittableRandom random) {
            final double halvedNs = (double) windowNs / SPIKE_PARTS;
            final double inWindow = SPIKE_PARTS / (SPIKE_PARTS + 1.0);
            for (int i = 0; i < offsetsNs.length; i++) {
                final double left = 1 - random.nextDouble() * inWindow;
                offsetsNs[i] = (long) (halvedNs * (1 / left - 1));
            }
            Arrays.sort(offsetsNs);
        }
    };

    private static final int SPIKE_PARTS = 30;

    /** As the command line calls it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Makes arrivals.
     *
     * @param count how many
     * @param windowNs they come in it, from 0
     */
    public ArrivalTimes times(final int count, final long windowNs, final long seed) {
        if (count < 1 || count > ArrivalTimes.COUNT_MAX) {
            throw new IllegalArgumentException(count + " arrivals: needs 1 to " + ArrivalTimes.COUNT_MAX);
        }
        if (windowNs < 1) {
            throw new IllegalArgumentException("a window of " + windowNs + " ns");
        }
        final long[] offsetsNs = new long[count];
        fill(offsetsNs, windowNs, new SplittableRandom(seed));
        return ArrivalTimes.ofAscending(offsetsNs);
    }

    /** Makes arrivals at a rate, of at least one. */
    public ArrivalTimes atRate(final double perSecond, final long windowNs, final long seed) {
        final double count = perSecond * windowNs / TimeUnit.SECONDS.toNanos(1);
        if (!(count <= ArrivalTimes.COUNT_MAX)) {
            throw new IllegalArgumentException(
                    perSecond + " a second for so long are more than " + ArrivalTimes.COUNT_MAX + " arrivals");
        }
        return times(Math.max(1, (int) Math.round(count)), windowNs, seed);
    }

    abstract void fill(long[] offsetsNs, long windowNs, SplittableRandom random);
}
