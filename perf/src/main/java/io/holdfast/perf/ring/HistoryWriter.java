package io.holdfast.perf.ring;

import io.holdfast.core.Answer;
import io.holdfast.core.EventSink;
import io.holdfast.core.JournalRecord;
import io.holdfast.core.Limits;
import io.holdfast.core.Rules;
import io.holdfast.core.StateMachine;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.Retention;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.JournalLog;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Decides commands by a real core into a real journal, on the calling thread and with a clock of its own: a millisecond
 * goes by for each command. Each batch is synced as a server would.
 */
final class HistoryWriter implements AutoCloseable {
    private static final int RECORDS_PER_BATCH = 256;
    /** Of the first command, in epoch milliseconds. */
    static final long FIRST_TIME_MS = 1_800_000_000_000L;

    private static final long HASH_SEED = 42;

    private final Path data;
    private final Journal journal;
    private final CommittedLog log;
    private final StateMachine core = new StateMachine(HASH_SEED);
    private final EventSink events = new EventSink();
    private final Answer answer = new Answer();
    private final ExpandableArrayBuffer command = new ExpandableArrayBuffer();
    private final Snapshots snapshots;

    private long sequence;
    private long timeMs = FIRST_TIME_MS;

    /** @param data an empty directory */
    HistoryWriter(final Path data, final int segmentLength, final HistoryCommands commands) {
        this.data = data;
        final JournalConfig defaults = JournalConfig.defaults(data);
        this.journal = Journal.open(
                new JournalConfig(data, segmentLength, defaults.batchLengthMax(), defaults.diskReserveBytes()),
                JournalFiles.real());
        this.log = new JournalLog(journal, data, JournalFiles.real());
        this.snapshots = new Snapshots(journal, data);
        journal.start();
        decide(commands.startServer(command, journal.recovery().epoch(), timeMs));
        decide(Rules.DEFAULT.encodeActivation(command));
    }

    /** Where the next command is to be encoded. */
    MutableDirectBuffer command() {
        return command;
    }

    /** Decides the command, and says whether it was granted a hold that was not there before. */
    boolean decide(final int length) {
        timeMs++;
        final int eventsMax = Limits.eventsLengthMax(length);
        int offset = claim(Integer.BYTES + length + eventsMax);
        if (offset == Journal.NO_ROOM) {
            journal.commit();
            offset = claim(Integer.BYTES + length + eventsMax);
        }
        final MutableDirectBuffer batch = journal.buffer();
        final int eventsOffset = offset + JournalRecord.putCommand(batch, offset, command, length);
        core.decide(++sequence, timeMs, command, 0, length, events.wrap(batch, eventsOffset, eventsMax), answer);
        journal.endRecord(sequence, timeMs, eventsOffset + events.length() - offset);
        if (journal.pendingRecords() >= RECORDS_PER_BATCH) {
            journal.commit();
        }
        return answer.templateId() == HoldImageDecoder.TEMPLATE_ID && !answer.repeated();
    }

    /** This writes faster than segments are made ready. */
    private int claim(final int length) {
        while (journal.pendingRecords() == 0 && !journal.hasRoom()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            if (journal.isFull() && journal.disk().preparationFailures() > 0) {
                throw new IllegalStateException(data + ": no room for another segment of the journal; next step: "
                        + "make room on its disk, or ask for fewer records");
            }
        }
        return journal.claim(length);
    }

    /** Commits, writes a snapshot of all so far, and deletes all but the two newest. */
    void snapshot() {
        journal.commit();
        snapshots.make(core);
    }

    /** Makes durable what was decided. */
    void commit() {
        journal.commit();
    }

    /**
     * Deletes what lies before the newest snapshot, as far as whole segments do.
     *
     * @return how many
     */
    int trim() {
        final Retention retention = new Retention(journal, 0, Optional.empty());
        final long neededFrom = log.newestSnapshot().orElseThrow().position();
        int count = 0;
        while (retention.trimOne(neededFrom)) {
            count++;
        }
        return count;
    }

    /** What followers follow, while this is open. */
    CommittedLog log() {
        return log;
    }

    long records() {
        return sequence;
    }

    long stateHash() {
        return core.stateHash();
    }

    @Override
    public void close() {
        journal.commit();
        journal.close();
    }
}
