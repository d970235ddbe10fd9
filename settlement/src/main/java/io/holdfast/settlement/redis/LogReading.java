package io.holdfast.settlement.redis;

import io.holdfast.core.Limits;
import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import io.holdfast.settlement.log.UncheckedLogException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mirror's place in the log. It begins from the newest snapshot, and again after whatever went wrong.
 *
 * <p>It skims, or keeps words. Skimming counts along and forgets what was said: so it begins, and so it goes on when Redis is
 * away for longer than {@link PendingHolds} has room. Keeping words, it hands every change on to be written.
 */
final class LogReading implements AutoCloseable {
    /** How far it came. */
    enum Progress {
        AT_END,
        MORE,
        /** There is more, but the sale comes first. */
        HELD_BACK
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogReading.class);
    private static final int RECORDS_PER_POLL = 256;
    private static final int CHANGES_PER_RECORD_MAX = Limits.DUE_EVENTS_PER_COMMAND_MAX + 2;

    /** So long a step may read; skimming, when nothing else is to be done, longer. */
    private static final long READ_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long SKIM_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final CommittedLog log;
    private final PendingHolds pending;
    private final LogProjection projection;
    private final RushPace pace;
    private final Shortcut shortcut = new Shortcut(System.nanoTime());

    private LogReader reader;
    private boolean isSkimming = true;

    LogReading(final CommittedLog log, final MirrorState state, final RushPace pace) {
        this.log = log;
        this.pending = state.pending();
        this.projection = new LogProjection(state);
        this.pace = pace;
    }

    LogProjection projection() {
        return projection;
    }

    /** Where reading goes on. */
    long position() {
        return reader.position();
    }

    boolean isSkimming() {
        return isSkimming;
    }

    /** Keeps words from here on; what was skimmed is for a sweep to find. */
    void keepWords() {
        isSkimming = false;
        projection.writes(true);
    }

    private void skim() {
        pending.clear();
        isSkimming = true;
        projection.writes(false);
    }

    /**
     * Reads on; where history was trimmed before it came by, it begins anew with the next call.
     *
     * @param isDrained whether what is read is written meanwhile; otherwise what has no room is skimmed
     * @throws UncheckedLogException when the log cannot be read
     */
    Progress read(final long nowNs, final boolean isDrained) throws FollowerException {
        boolean isRead = false;
        try {
            if (reader == null) {
                begin();
            } else {
                lookAhead(nowNs);
            }
            // Asked for the time anew: to begin may have taken seconds, and the log has grown meanwhile.
            final Progress progress = read(nowNs, pace.records(System.nanoTime(), log.endSequence()), isDrained);
            isRead = true;
            return progress;
        } catch (final UncheckedLogException e) {
            if (reader == null || reader.position() >= log.trimmedBelow()) {
                throw e;
            }
            LOG.info("the mirror begins again: {}", e.getMessage());
            return Progress.MORE;
        } finally {
            if (!isRead) {
                beginAnew();
            }
        }
    }

    private Progress read(final long nowNs, final int records, final boolean isDrained) {
        int left = records;
        while (left > 0 || isSkimming) {
            if (!isSkimming && !pending.hasRoom(RECORDS_PER_POLL * CHANGES_PER_RECORD_MAX)) {
                if (isDrained) {
                    return Progress.MORE;
                }
                skim();
            }
            final int limit = isSkimming ? RECORDS_PER_POLL : Math.min(RECORDS_PER_POLL, left);
            final int read = reader.poll(projection, limit);
            if (read == 0) {
                return Progress.AT_END;
            }
            left -= read;
            if (System.nanoTime() - nowNs > (isSkimming ? SKIM_NS : READ_NS)) {
                return pace.isRush() ? Progress.HELD_BACK : Progress.MORE;
            }
        }
        return Progress.HELD_BACK;
    }

    private void begin() throws FollowerException {
        skim();
        projection.clear();
        long position = CommittedLog.BEGINNING;
        final Optional<LogSnapshot> snapshot = log.newestSnapshot();
        if (snapshot.isPresent()) {
            snapshot.get().read(projection);
            projection.beginAt(snapshot.get().sequence(), snapshot.get().timeMs());
            position = snapshot.get().position();
        }
        try {
            reader = log.follow(position);
        } catch (final HistoryTrimmedException e) {
            throw new FollowerException("the mirror needs a snapshot to begin from: " + e.getMessage(), e);
        }
    }

    /** Far behind, begins anew where a newer snapshot is the shorter way. */
    private void lookAhead(final long nowNs) throws FollowerException {
        if (!shortcut.isToBeLookedFor(nowNs, log.endSequence() - projection.sequence(), pace.isRush())) {
            return;
        }
        final Optional<LogSnapshot> snapshot = log.newestSnapshot();
        if (snapshot.isPresent() && Shortcut.isShorter(snapshot.get().sequence() - projection.sequence())) {
            beginAnew();
            begin();
        }
    }

    /** Gives the place up: the next read begins from the newest snapshot. */
    void beginAnew() {
        close();
        reader = null;
        skim();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
