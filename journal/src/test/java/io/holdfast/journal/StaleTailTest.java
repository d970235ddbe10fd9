package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fault 13: what lies behind the end is nothing, a torn batch, or a reason to refuse; never a ghost. */
class StaleTailTest {
    private final SmallJournal crashed = SmallJournal.crashed();
    private final SmallJournal closed = SmallJournal.closed();

    private static Journal openWith(final SmallJournal small, final byte[] segment) {
        return SmallJournal.open(small.diskWith(segment));
    }

    private static List<String> all(final SmallJournal small) {
        return Journals.expected(1, small.lastSequence());
    }

    @Test
    void shouldEndWhereZerosBegin() {
        try (Journal journal = SmallJournal.open(crashed.disk())) {
            assertThat(Journals.replay(journal)).isEqualTo(all(crashed));
            assertThat(journal.recovery().endPosition()).isEqualTo(crashed.endOffset());
            assertThat(journal.recovery().tornTail()).isEmpty();
            assertThat(journal.recovery().isCleanlyClosed()).isFalse();
        }
    }

    @Test
    void shouldCutHalfAHeaderWhenZerosFollow() {
        final byte[] bytes = closed.segment();
        Arrays.fill(bytes, closed.endOffset(), closed.endOffset() + 63, (byte) 0x5A);
        try (Journal journal = openWith(closed, bytes)) {
            assertThat(Journals.replay(journal)).isEqualTo(all(closed));
            assertThat(journal.recovery().tornTail()).isPresent();
            assertThat(journal.recovery().isCleanlyClosed()).isFalse();
        }
    }

    @Test
    void shouldRefuseWhenAnUnreadableHeaderHasABody() {
        final byte[] bytes = crashed.segment();
        Arrays.fill(bytes, crashed.endOffset(), crashed.endOffset() + 65, (byte) 0x5A);
        final JournalRefusedException refusal = Refusals.of(() -> openWith(crashed, bytes));
        assertThat(refusal.offset()).isEqualTo(crashed.endOffset());
        assertThat(refusal).hasMessageContaining("batch header");
    }

    @Test
    void shouldCutWhatIsWithinOneBatchWhenItsFirstSectorIsMissing() {
        final byte[] bytes = crashed.segment();
        final int last = crashed.endOffset() + SmallJournal.CONFIG.batchLengthMax() - 1;
        bytes[last] = 1;
        try (Journal journal = openWith(crashed, bytes)) {
            assertThat(Journals.replay(journal)).isEqualTo(all(crashed));
            assertThat(journal.recovery().tornTail().orElseThrow().length())
                    .isEqualTo(SmallJournal.CONFIG.batchLengthMax());
        }
    }

    @Test
    void shouldRefuseWhenBytesLieBeyondOneBatchBehindTheEnd() {
        final byte[] bytes = crashed.segment();
        final int beyond = crashed.endOffset() + SmallJournal.CONFIG.batchLengthMax();
        bytes[beyond] = 1;
        final JournalRefusedException refusal = Refusals.of(() -> openWith(crashed, bytes));
        assertThat(refusal.offset()).isEqualTo(beyond);
        assertThat(refusal).hasMessageContaining("beyond the end");
    }

    @Test
    void shouldRefuseWhenBytesLieBeyondAnOpenBatchBehindAClose() {
        final byte[] bytes = closed.segment();
        bytes[closed.endOffset() + BatchLayout.SECTOR] = 1;
        final JournalRefusedException refusal = Refusals.of(() -> openWith(closed, bytes));
        assertThat(refusal.offset()).isEqualTo(closed.endOffset() + BatchLayout.SECTOR);
    }

    @Test
    void shouldRefuseWhenBytesFollowATornBatch() {
        final byte[] bytes = crashed.segment();
        Arrays.fill(bytes, crashed.endOffset() - 512, crashed.endOffset(), (byte) 0);
        bytes[crashed.endOffset() + 3] = 1;
        final JournalRefusedException refusal = Refusals.of(() -> openWith(crashed, bytes));
        assertThat(refusal).hasMessageContaining("beyond the end");
    }

    @Test
    void shouldRefuseWhenAnEarlierBatchIsFoundAgainBehindTheEnd() {
        final byte[] bytes = crashed.segment();
        final int first = crashed.batchOffsets().get(1);
        System.arraycopy(bytes, first, bytes, crashed.endOffset(), BatchLayout.SECTOR);
        final JournalRefusedException refusal = Refusals.of(() -> openWith(crashed, bytes));
        assertThat(refusal).hasMessageContaining("misplaced");
    }

    @Test
    void shouldRefuseWhenTheBatchBeforeACloseIsDamaged() {
        final int before = closed.batchOffsets().get(closed.batchOffsets().size() - 2);
        for (final int damaged : new int[] {before, before + 512, closed.lastBatchOffset() - 512}) {
            final byte[] bytes = closed.segment();
            Arrays.fill(bytes, damaged, damaged + 512, (byte) 0);
            final JournalRefusedException refusal = Refusals.of(() -> openWith(closed, bytes));
            assertThat(refusal.offset()).isEqualTo(before);
            assertThat(refusal).hasMessageContaining("a later one is at offset " + closed.lastBatchOffset());
        }
    }

    @Test
    void shouldRefuseWhenBothTheEndAndTheSpareHoldUnfinishedBatches() {
        final byte[] bytes = crashed.segment();
        bytes[crashed.endOffset() + 9] = 1;
        final SimulatedDisk disk = crashed.diskWith(bytes);
        final byte[] spare = disk.get(SmallJournal.SPARE);
        spare[SegmentHeader.LENGTH + 9] = 1;
        disk.put(SmallJournal.SPARE, spare);
        assertThat(Refusals.of(() -> SmallJournal.open(disk))).hasMessageContaining("bytes follow it");
    }

    @Test
    void shouldCutWhatATornRollLeftInTheSpare() {
        for (final int at : new int[] {9, 600}) {
            final SimulatedDisk disk = crashed.disk();
            final byte[] spare = disk.get(SmallJournal.SPARE);
            spare[SegmentHeader.LENGTH + at] = 1;
            disk.put(SmallJournal.SPARE, spare);
            final Journal journal = SmallJournal.open(disk);
            assertThat(journal.recovery().tornTail().orElseThrow().file()).isEqualTo(SmallJournal.SPARE);
            journal.start();
            for (long sequence = crashed.lastSequence() + 1; sequence <= 100; sequence++) {
                Journals.appendAndCommit(journal, sequence, 1);
            }
            journal.close();
            assertThat(SmallJournal.readAll(disk)).isEqualTo(Journals.expected(1, 100));
        }
    }
}
