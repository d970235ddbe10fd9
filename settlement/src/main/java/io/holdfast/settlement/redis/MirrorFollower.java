package io.holdfast.settlement.redis;

import io.holdfast.settlement.follow.Follower;
import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.UncheckedLogException;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mirrors live holds and stock into Redis, and keeps them right there whatever becomes of Redis: away, slow, flushed, set back,
 * edited. Redis is never asked what is true; it is compared, and set right.
 *
 * <p>Three jobs, one after the other in every step. It <b>reads</b> the log into a compact book of what Redis should hold
 * ({@link LogReading}). It <b>writes</b> what changed, the latest state of each key, behind a fence ({@link MirrorStore}). It
 * <b>compares</b>: a slow sweep all the time, and a fast one whenever Redis cannot be trusted: at the start, after a
 * flush, a loss, another's writing ({@link Sweep}, {@link Repair}). While Redis is away it goes on reading, and forgets the words of
 * what it cannot write; the fast sweep finds what is missing then.
 *
 * <p>Nothing is durable here. Stepped by one thread; figures and status are for any.
 */
public final class MirrorFollower implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorFollower.class);

    private final MirrorState state = new MirrorState();
    private final MirrorFigures figures = new MirrorFigures();
    private final PenContest contest = new PenContest();
    private final RushPace pace;
    private final LogReading reading;
    private final MirrorStore store;
    private final MirrorWriter writer;
    private final Upkeep upkeep;

    private volatile FollowerStatus status = new FollowerStatus(0, 0, Condition.STARTING, "");

    /**
     * A mirror that has not begun; Redis need not be there.
     *
     * @param logicalNowMs the server's logical time, in epoch milliseconds: how long a key lives on in Redis is relative
     *     to it
     */
    public MirrorFollower(final CommittedLog log, final MirrorConfig config, final LongSupplier logicalNowMs) {
        pace = new RushPace(config.rushWritesPerSecond());
        reading = new LogReading(log, state, pace);
        store = new MirrorStore(config, log.id(), figures);
        writer = new MirrorWriter(store, state, pace, logicalNowMs);
        final Sweep sweep = new Sweep(state, figures);
        final Repair repair = new Repair(log, state.live(), store, logicalNowMs);
        upkeep = new Upkeep(state, reading, pace, store, sweep, repair, logicalNowMs);
    }

    @Override
    public String name() {
        return "mirror";
    }

    @Override
    public FollowerStatus status() {
        return status;
    }

    public MirrorFigures figures() {
        return figures;
    }

    @Override
    public boolean step() throws FollowerException, InterruptedException {
        final long nowNs = System.nanoTime();
        try {
            final LogReading.Progress progress = reading.read(nowNs, store.isConnected());
            if (!store.isConnected()) {
                connect(nowNs);
            }
            if (reading.isSkimming()) {
                if (progress != LogReading.Progress.AT_END) {
                    publish(Condition.RESYNCING, "");
                    return progress == LogReading.Progress.MORE;
                }
                reading.keepWords();
                distrust();
            }
            upkeep.refused(flush());
            final boolean isMore = upkeep.step(nowNs);
            publish(upkeep.isVerifying() ? Condition.RESYNCING : Condition.FOLLOWING, "");
            return isMore || progress == LogReading.Progress.MORE;
        } catch (final RedisAwayException e) {
            throw away(new FollowerException(e.getMessage(), e));
        } catch (final MirrorLostException e) {
            if (e.isTakenByAnother()) {
                contest.lost(nowNs);
            }
            throw away(new FollowerException(e.getMessage(), e));
        } catch (final UncheckedLogException e) {
            throw away(new FollowerException("the log cannot be read: " + e.getMessage(), e));
        } catch (final FollowerException e) {
            throw away(e);
        } catch (final RuntimeException e) {
            publish(Condition.AWAY, "the mirror failed: " + e);
            throw e;
        }
    }

    private void connect(final long nowNs) throws RedisAwayException, InterruptedException {
        if (contest.isResting(nowNs)) {
            throw new RedisAwayException(
                    "another server writes to this Redis again and again; next step: give each a Redis, or a database, of"
                            + " its own",
                    null);
        }
        final boolean isKept = store.connect();
        final boolean isComparedAnyway = reading.isSkimming();
        if (!isComparedAnyway && (!isKept || upkeep.isVerifying())) {
            distrust();
        }
    }

    private void distrust() {
        figures.resyncs.increment();
        upkeep.distrust();
    }

    private List<byte[]> flush() throws RedisAwayException, MirrorLostException, InterruptedException {
        return writer.flush(
                reading.projection().sequence(),
                reading.position(),
                reading.projection().timeMs());
    }

    private FollowerException away(final FollowerException failure) {
        figures.failures.increment();
        publish(Condition.AWAY, failure.getMessage());
        return failure;
    }

    /** Tells how far Redis is: while it cannot be trusted, no further than before. */
    private void publish(final Condition condition, final String detail) {
        figures.skipped = state.pending().skipped();
        figures.liveHolds = state.live().size();
        final boolean isCaughtUp = condition == Condition.FOLLOWING;
        if (isCaughtUp && status.sequence() == reading.projection().sequence() && status.condition() == condition) {
            return;
        }
        status = new FollowerStatus(
                isCaughtUp ? reading.projection().sequence() : status.sequence(),
                isCaughtUp ? reading.projection().timeMs() : status.timeMs(),
                condition,
                detail);
    }

    /** Writes what is still pending, if Redis answers at once, and lets go. */
    @Override
    public void close() {
        try {
            if (store.isConnected() && state.isAnythingPending() && !reading.isSkimming()) {
                flush();
            }
        } catch (final RedisAwayException | MirrorLostException e) {
            LOG.info("the mirror ends before all was written: {}", e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
        reading.close();
    }
}
