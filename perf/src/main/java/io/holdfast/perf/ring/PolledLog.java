package io.holdfast.perf.ring;

import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogHandler;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A log that notes when it was first polled, and how many records it gave: what came before was loading a snapshot. */
final class PolledLog implements CommittedLog {
    private final CommittedLog log;
    private long firstPollNs;
    private long polled;

    PolledLog(final CommittedLog log) {
        this.log = log;
    }

    /** By {@link System#nanoTime}; 0 when it never was. */
    long firstPollNs() {
        return firstPollNs;
    }

    long polled() {
        return polled;
    }

    @Override
    public LogReader follow(final long fromPosition) throws HistoryTrimmedException {
        return new PolledReader(log.follow(fromPosition));
    }

    private final class PolledReader implements LogReader {
        private final LogReader reader;

        private PolledReader(final LogReader reader) {
            this.reader = reader;
        }

        @Override
        public int poll(final LogHandler handler, final int recordsMax) {
            if (firstPollNs == 0) {
                firstPollNs = System.nanoTime();
            }
            final int count = reader.poll(handler, recordsMax);
            polled += count;
            return count;
        }

        @Override
        public long position() {
            return reader.position();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Override
    public UUID id() {
        return log.id();
    }

    @Override
    public long endSequence() {
        return log.endSequence();
    }

    @Override
    public long trimmedBelow() {
        return log.trimmedBelow();
    }

    @Override
    public Optional<LogSnapshot> newestSnapshot() {
        return log.newestSnapshot();
    }

    @Override
    public List<LogSnapshot> snapshots() {
        return log.snapshots();
    }
}
