package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.LogHandler;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a reading that is far behind looks for a newer snapshot; what it reads stands in the mirror's tests. */
class LogReadingTest {
    private final long nowNs = System.nanoTime();
    private final GrowingLog log = new GrowingLog();
    private final RushPace pace = new RushPace(20);
    private final LogReading reading = new LogReading(log, new MirrorState(), pace);

    @Test
    void shouldNotLookForASnapshotInARushButBehindIt() throws Exception {
        readAfter(0);
        assertThat(log.looks).isEqualTo(1);
        log.endSequence = Shortcut.FAR_BEHIND;
        pace.records(after(1_001), log.endSequence);
        assertThat(pace.isRush()).isTrue();

        readAfter(1_020);
        assertThat(log.looks).isEqualTo(1);

        pace.records(after(1_002), log.endSequence);
        assertThat(pace.isRush()).isFalse();
        readAfter(1_031);
        assertThat(log.looks).isEqualTo(2);
    }

    private void readAfter(final int seconds) throws Exception {
        assertThat(reading.read(after(seconds), true)).isEqualTo(LogReading.Progress.AT_END);
    }

    /** Ahead of the clock by which the reading measures the log's growth itself, so that this stays as it was told. */
    private long after(final int seconds) {
        return nowNs + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** One that says how far it goes, and of which nothing can be read yet. */
    private static final class GrowingLog implements CommittedLog {
        private long endSequence;
        private int looks;

        @Override
        public UUID id() {
            return new UUID(0, 1);
        }

        @Override
        public long endSequence() {
            return endSequence;
        }

        @Override
        public long trimmedBelow() {
            return BEGINNING;
        }

        @Override
        public LogReader follow(final long fromPosition) {
            return new NothingToRead();
        }

        @Override
        public Optional<LogSnapshot> newestSnapshot() {
            looks++;
            return Optional.empty();
        }

        @Override
        public List<LogSnapshot> snapshots() {
            return List.of();
        }
    }

    private static final class NothingToRead implements LogReader {
        @Override
        public int poll(final LogHandler handler, final int recordsMax) {
            return 0;
        }

        @Override
        public long position() {
            return CommittedLog.BEGINNING;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
