package io.holdfast.settlement.state;

import io.holdfast.core.StateMachine;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import io.holdfast.settlement.log.UncheckedLogException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds the state from the newest snapshot that can be used and the records after it. A snapshot that is damaged, or
 * that the core refuses, is passed over with a warning: then the one before, and at last the whole history, if all of it
 * is kept. All three lead to the same state. Runs on the calling thread, but for what a {@link HeadStart} did before; needs
 * memory for one state, and a few megabytes.
 */
public final class StateRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(StateRecovery.class);
    private static final long PROGRESS_RECORDS = 1_000_000;
    private static final int RECORDS_PER_POLL = 4_096;

    private final CommittedLog log;
    private final Supplier<StateMachine> newMachine;
    private final LongConsumer onProgress;
    private final Runnable onEntry;
    private final Optional<HeadStart> headStart;

    /**
     * Prepares a recovery.
     *
     * @param hashSeed of the core's indexes
     * @param onProgress told the number of records applied, about once every million
     */
    public StateRecovery(final CommittedLog log, final long hashSeed, final LongConsumer onProgress) {
        this(log, () -> new StateMachine(hashSeed), onProgress, () -> {}, Optional.empty());
    }

    /** The same with a snapshot that is being loaded already. */
    public StateRecovery(final CommittedLog log, final HeadStart headStart, final LongConsumer onProgress) {
        this(log, headStart::newMachine, onProgress, () -> {}, Optional.of(headStart));
    }

    /**
     * The same for one who may have to give up half-way.
     *
     * @param onEntry called at each entry of a snapshot; may throw {@link AbandonedException}
     */
    StateRecovery(final CommittedLog log, final long hashSeed, final LongConsumer onProgress, final Runnable onEntry) {
        this(log, () -> new StateMachine(hashSeed), onProgress, onEntry, Optional.empty());
    }

    private StateRecovery(
            final CommittedLog log,
            final Supplier<StateMachine> newMachine,
            final LongConsumer onProgress,
            final Runnable onEntry,
            final Optional<HeadStart> headStart) {
        this.log = Objects.requireNonNull(log, "log");
        this.newMachine = newMachine;
        this.onProgress = Objects.requireNonNull(onProgress, "onProgress");
        this.onEntry = onEntry;
        this.headStart = headStart;
    }

    /**
     * Returns the state as it was after the last committed record.
     *
     * @throws UncheckedLogException if the log cannot be read, or does not reach back to any usable snapshot
     * @throws io.holdfast.core.InvariantViolation if a record contradicts the state, or this build does not know it
     */
    public StateMachine recover() {
        try (StateCopy copy = begin()) {
            long applied = 0;
            long shown = 0;
            for (int polled = 1; polled > 0; applied += polled) {
                if (applied - shown >= PROGRESS_RECORDS) {
                    shown = applied;
                    onProgress.accept(applied);
                }
                polled = copy.advance(RECORDS_PER_POLL);
            }
            LOG.info(
                    "recovered up to sequence {}: {} records applied",
                    copy.machine().sequence(),
                    applied);
            return copy.machine();
        }
    }

    /** The state of the newest usable snapshot, or the empty one, and a reader behind it. */
    StateCopy begin() {
        RuntimeException fault = null;
        for (final LogSnapshot snapshot : log.snapshots()) {
            try {
                return begin(snapshot);
            } catch (final AbandonedException e) {
                throw e;
            } catch (final RuntimeException | HistoryTrimmedException e) {
                // Whatever the core makes of content that it cannot make sense of, it has seen nothing else.
                LOG.warn("the snapshot of sequence {} is passed over: {}", snapshot.sequence(), e.toString());
                fault = fault == null ? asUnchecked(e) : fault;
            }
        }
        try {
            return new StateCopy(newMachine.get(), log.follow(CommittedLog.BEGINNING));
        } catch (final HistoryTrimmedException e) {
            throw new UncheckedLogException(
                    e.getMessage() + ", and there is no snapshot to begin from"
                            + (fault == null ? "" : " (" + fault.getMessage() + ")")
                            + "; next step: restore snapshots or journal from a backup",
                    fault == null ? e : fault);
        }
    }

    private static RuntimeException asUnchecked(final Exception e) {
        return e instanceof RuntimeException unchecked ? unchecked : new UncheckedLogException(e);
    }

    private StateCopy begin(final LogSnapshot snapshot) throws HistoryTrimmedException {
        final LogReader reader = log.follow(snapshot.position());
        boolean isUsable = false;
        try {
            final StateMachine machine =
                    headStart.flatMap(each -> each.take(log.id(), snapshot)).orElseGet(() -> load(snapshot));
            if (!machine.isLoaded() || machine.sequence() != snapshot.sequence()) {
                final String found = "it loads up to sequence " + machine.sequence()
                        + (machine.isLoaded() ? "" : ", and has no end");
                machine.discard();
                throw new IllegalArgumentException(found);
            }
            isUsable = true;
            LOG.info("loaded the snapshot of sequence {}", snapshot.sequence());
            return new StateCopy(machine, reader);
        } finally {
            if (!isUsable) {
                reader.close();
            }
        }
    }

    private StateMachine load(final LogSnapshot snapshot) {
        final StateMachine machine = newMachine.get();
        try {
            snapshot.read((buffer, offset, length) -> {
                onEntry.run();
                machine.loadEntry(buffer, offset, length);
            });
            return machine;
        } catch (final RuntimeException | Error e) {
            machine.discard();
            throw e;
        }
    }
}
