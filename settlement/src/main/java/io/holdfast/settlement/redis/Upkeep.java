package io.holdfast.settlement.redis;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps comparing Redis with the log: a sweep that takes its time, over and over, and one that does not when Redis cannot be
 * trusted; and has written anew what a sweep finds wrong.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    /** From the beginning of a slow sweep to the next. */
    private static final long SWEEP_EVERY_NS = TimeUnit.SECONDS.toNanos(5);

    /** A slow sweep's. */
    private static final int KEYS_PER_SECOND = 2_500;

    /** About so many keys Redis looks at for a page. */
    private static final int KEYS_PER_PAGE = 500;

    /**
     * And while there is a sale, some 0.3 ms of Redis's time: whoever shares its processor waits until a page is done,
     * which with pages of 500 was seen in one of a hundred holds.
     */
    private static final int KEYS_PER_PAGE_IN_SALE = 50;

    /** A repair reads the whole log: after one that took a second there is none for so many seconds. */
    private static final int REPAIR_REST = 4;

    private final MirrorState state;
    private final LogReading reading;
    private final RushPace pace;
    private final MirrorStore store;
    private final Sweep sweep;
    private final Repair repair;
    private final LongSupplier logicalNowMs;
    private final WriteBatch fixes = new WriteBatch();

    /** Redis is not known to be right until the sweep that is going on, or will begin, has ended well. */
    private boolean isVerifying;

    private boolean isVerifyingBegun;
    private byte sweepNumber;
    private long nextSweepNs;
    private long nextPageNs;
    private long nextRepairNs;
    private long postponedCount;

    Upkeep(
            final MirrorState state,
            final LogReading reading,
            final RushPace pace,
            final MirrorStore store,
            final Sweep sweep,
            final Repair repair,
            final LongSupplier logicalNowMs) {
        this.state = state;
        this.reading = reading;
        this.pace = pace;
        this.store = store;
        this.sweep = sweep;
        this.repair = repair;
        this.logicalNowMs = logicalNowMs;
    }

    /** Redis may hold anything: all of it is to be compared, without delay. */
    void distrust() {
        isVerifying = true;
        isVerifyingBegun = false;
    }

    boolean isVerifying() {
        return isVerifying;
    }

    /** Takes note of keys that would not take what was written to them. */
    void refused(final List<byte[]> keys) {
        keys.forEach(sweep::refused);
    }

    /**
     * Does the next piece; in a rush only what is urgent.
     *
     * @param nowNs by {@link System#nanoTime}
     * @return whether more is to be done at once
     */
    boolean step(final long nowNs) throws RedisAwayException, MirrorLostException, InterruptedException {
        if (reading.projection().postponedCount() != postponedCount) {
            postponedCount = reading.projection().postponedCount();
            distrust();
        }
        if (isVerifying) {
            verify(nowNs);
            return true;
        }
        if (!pace.isRush()) {
            sweepOn(nowNs);
            if (state.live().wrongCount() > 0 && nowNs - nextRepairNs >= 0) {
                repair();
            }
        }
        return false;
    }

    private void verify(final long nowNs) throws RedisAwayException, MirrorLostException, InterruptedException {
        if (!isVerifyingBegun) {
            state.stock().all().forEach(state.stock()::touchWhole);
            begin(nowNs);
            isVerifyingBegun = true;
        }
        if (sweep.isRunning()) {
            page(nowNs, KEYS_PER_PAGE);
        }
        if (!sweep.isRunning() && (state.live().wrongCount() == 0 || repair())) {
            isVerifying = false;
        }
    }

    private void sweepOn(final long nowNs) throws RedisAwayException, MirrorLostException, InterruptedException {
        if (!sweep.isRunning() && nowNs - nextSweepNs >= 0) {
            begin(nowNs);
        }
        if (sweep.isRunning() && nowNs - nextPageNs >= 0) {
            page(nowNs, pace.isQuiet() ? KEYS_PER_PAGE : KEYS_PER_PAGE_IN_SALE);
        }
    }

    private void begin(final long nowNs) {
        sweepNumber = sweep.begin();
        reading.projection().sweep(sweepNumber);
        nextSweepNs = nowNs + SWEEP_EVERY_NS;
        nextPageNs = nowNs;
    }

    /** Compares a page; with something pending Redis would not be expected to be right. */
    private void page(final long nowNs, final int keys)
            throws RedisAwayException, MirrorLostException, InterruptedException {
        if (state.isAnythingPending()) {
            return;
        }
        final long askedAtMs = logicalNowMs.getAsLong();
        final List<Object> page = store.page(sweep.scanCursor(), keys);
        nextPageNs = Math.max(nowNs, nextPageNs + TimeUnit.SECONDS.toNanos(keys) / KEYS_PER_SECOND);
        fixes.clear();
        sweep.compare(page, fixes, askedAtMs, logicalNowMs.getAsLong());
        if (!fixes.isEmpty()) {
            store.write(fixes);
        }
    }

    /** Has written anew what is wrong; when that cannot be, all begins from the newest snapshot. */
    private boolean repair() throws RedisAwayException, MirrorLostException, InterruptedException {
        final long beganNs = System.nanoTime();
        final boolean isRight = repair.run(reading.projection().sequence(), reading.position(), sweepNumber);
        nextRepairNs = System.nanoTime() + (System.nanoTime() - beganNs) * REPAIR_REST;
        if (!isRight) {
            LOG.info(
                    "{} holds of the mirror are for the newest snapshot to set right",
                    state.live().wrongCount());
            reading.beginAnew();
        }
        return isRight;
    }
}
