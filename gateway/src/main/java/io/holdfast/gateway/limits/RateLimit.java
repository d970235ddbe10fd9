package io.holdfast.gateway.limits;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * So many requests a second and caller, with bursts of twice as many.
 *
 * <p>For each caller one number: the time at which its bucket would be full again. A request is let in while
 * that time is less than a burst ahead, and moves it on by one interval (the generic cell rate algorithm,
 * ITU-T I.371). The table has a fixed size; callers are found by a keyed hash, so that nobody can choose to
 * share a place with somebody else. Where a set of places is full, the caller gives way that is nearest to
 * full credit and so loses least.
 *
 * <p>Thread-safe without locks: two requests of one caller at the same instant may both be let in.
 */
public final class RateLimit {
    private static final int BURST_FACTOR = 2;
    private static final int WAYS = 4;
    private static final int WORDS_PER_PLACE = 2;
    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long intervalNs;
    private final long burstNs;
    private final int setMask;
    private final long seed;

    /** Hash and time, in turns; a hash of 0 is an empty place. */
    private final AtomicLongArray places;

    /**
     * @param perSecond requests a second and caller; 0 lets everything in
     * @param callersMax how many callers are remembered, a power of two
     */
    public RateLimit(final int perSecond, final int callersMax) {
        if (Integer.bitCount(callersMax) != 1 || callersMax < WAYS) {
            throw new IllegalArgumentException("callersMax " + callersMax + ": a power of two is needed");
        }
        this.intervalNs = perSecond == 0 ? 0 : NS_PER_SECOND / perSecond;
        this.burstNs = BURST_FACTOR * perSecond * intervalNs;
        this.setMask = callersMax / WAYS - 1;
        this.seed = new SecureRandom().nextLong();
        this.places = new AtomicLongArray(perSecond == 0 ? 0 : callersMax * WORDS_PER_PLACE);
    }

    /**
     * Takes one request of a caller into account.
     *
     * @return 0 when it may go on, or the nanoseconds until one may
     */
    public long admit(final byte[] caller, final int length, final long nowNs) {
        return intervalNs == 0 ? 0 : admitHash(hash(caller, length), nowNs);
    }

    public long admit(final long caller, final long nowNs) {
        return intervalNs == 0 ? 0 : admitHash(mix(caller ^ seed), nowNs);
    }

    private long admitHash(final long hash, final long nowNs) {
        final long key = hash == 0 ? 1 : hash;
        final int place = place(key, nowNs);
        final long fullAtNs = places.get(place) == key ? places.get(place + 1) : nowNs;
        final long startNs = fullAtNs - nowNs > 0 ? fullAtNs : nowNs;
        final long nextNs = startNs + intervalNs;
        final long excessNs = nextNs - nowNs - burstNs;
        if (excessNs > 0) {
            return excessNs;
        }
        places.setRelease(place, key);
        places.setRelease(place + 1, nextNs);
        return 0;
    }

    /** The caller's place, or the one in its set that is best given up. */
    private int place(final long key, final long nowNs) {
        final int first = ((int) (key >>> Integer.SIZE) & setMask) * WAYS * WORDS_PER_PLACE;
        int best = first;
        long bestNs = Long.MAX_VALUE;
        for (int i = 0; i < WAYS; i++) {
            final int place = first + i * WORDS_PER_PLACE;
            final long held = places.get(place);
            if (held == key) {
                return place;
            }
            final long debtNs = held == 0 ? Long.MIN_VALUE : places.get(place + 1) - nowNs;
            if (debtNs < bestNs) {
                bestNs = debtNs;
                best = place;
            }
        }
        return best;
    }

    private long hash(final byte[] bytes, final int length) {
        long hash = seed ^ length;
        for (int start = 0; start < length; start += Long.BYTES) {
            long word = 0;
            for (int i = start; i < Math.min(length, start + Long.BYTES); i++) {
                word = word << Byte.SIZE | bytes[i] & 0xFF;
            }
            hash = mix(hash ^ word);
        }
        return hash;
    }

    /** Finisher of SplitMix64, made to depend on the seed, which no caller knows. */
    private long mix(final long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L + seed;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
