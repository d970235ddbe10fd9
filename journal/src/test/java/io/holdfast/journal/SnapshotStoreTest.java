package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults 9, 20, 21: snapshots appear whole or not at all, and a damaged one gives way to the one before. */
class SnapshotStoreTest {
    private static final Path DATA = Path.of("/data");
    private static final UUID ID = new UUID(1, 2);

    private final SimulatedDisk disk = new SimulatedDisk();
    private final SnapshotStore store = SnapshotStore.open(DATA, disk);

    private static SnapshotMeta meta(final long sequence) {
        return new SnapshotMeta(ID, sequence, 4096 + sequence * 512, 1_000 + sequence, 3, 0xCAFEL * sequence);
    }

    private static Path path(final long sequence) {
        return DATA.resolve("snapshots/" + SegmentDirectory.digits(sequence) + ".snap");
    }

    /** Chunks of these lengths, each of one value. */
    private static SnapshotContent content(final int... lengths) {
        return chunks -> {
            for (int index = 0; index < lengths.length; index++) {
                final UnsafeBuffer buffer = new UnsafeBuffer(new byte[lengths[index] + 5]);
                buffer.setMemory(5, lengths[index], (byte) (index + 1));
                chunks.onChunk(buffer, 5, lengths[index]);
            }
        };
    }

    private static List<String> read(final SnapshotStore from, final SnapshotMeta meta) {
        final List<String> chunks = new ArrayList<>();
        from.read(meta, (buffer, offset, length) -> {
            assertThat(Zeros.isZero(buffer, offset, length)).isFalse();
            chunks.add(buffer.getByte(offset) + "x" + length + "x" + buffer.getByte(offset + length - 1));
        });
        return chunks;
    }

    @Test
    void shouldReadTheSameChunksWhenTheyWereWritten() {
        store.write(meta(7), content(1, 100_000, SnapshotChunkHandler.CHUNK_LENGTH_MAX, 3));

        assertThat(read(store, meta(7))).containsExactly("1x1x1", "2x100000x2", "3x1048576x3", "4x3x4");
        assertThat(store.newestWhole().newest()).contains(meta(7));
    }

    @Test
    void shouldListNewestFirstAndKeepTwo() {
        for (final long sequence : new long[] {9, 100, 20, 3}) {
            store.write(meta(sequence), content(10));
        }
        assertThat(store.list()).extracting(SnapshotMeta::sequence).containsExactly(100L, 20L, 9L, 3L);

        assertThat(store.keep(2)).isEqualTo(2);

        assertThat(store.list()).extracting(SnapshotMeta::sequence).containsExactly(100L, 20L);
        assertThat(store.keep(2)).isZero();
    }

    @Test
    void shouldFallBackToTheOneBeforeWhenAnyByteOfTheNewestIsFlipped() {
        store.write(meta(1), content(40));
        store.write(meta(2), content(5, 40, 7));
        final byte[] whole = disk.get(path(2));
        for (int offset = 0; offset < whole.length; offset++) {
            final byte[] bytes = whole.clone();
            bytes[offset] ^= (byte) (1 << offset % 8);
            thenTheOneBefore(bytes, offset);
        }
    }

    @Test
    void shouldFallBackToTheOneBeforeWhenTheNewestIsCutAtAnyByte() {
        store.write(meta(1), content(40));
        store.write(meta(2), content(5, 40, 7));
        final byte[] whole = disk.get(path(2));
        for (int length = 0; length < whole.length; length++) {
            thenTheOneBefore(Arrays.copyOf(whole, length), length);
        }
        thenTheOneBefore(Arrays.copyOf(whole, whole.length + 1), whole.length);
    }

    private void thenTheOneBefore(final byte[] newest, final int offset) {
        final SimulatedDisk damaged = SimulatedDisk.holding(disk.contents());
        damaged.put(path(2), newest);
        final SnapshotStore fresh = SnapshotStore.open(DATA, damaged);

        final SnapshotChoice choice = fresh.newestWhole();

        assertThat(choice.newest()).as("offset %d", offset).contains(meta(1));
        assertThat(choice.faults()).hasSize(1);
        assertThat(choice.faults().get(0).file()).isEqualTo(path(2));
        assertThat(fresh.keep(1)).as("the damaged one does not count").isZero();
        assertThat(damaged.get(path(2))).isEqualTo(newest);
    }

    @Test
    void shouldRefuseWhenChunksWereExchangedOrLost() {
        store.write(meta(1), content(40, 40, 40));
        final byte[] whole = disk.get(path(1));
        final byte[] exchanged = whole.clone();
        System.arraycopy(whole, 80, exchanged, 128, 48);
        System.arraycopy(whole, 128, exchanged, 80, 48);
        final byte[] lost = Arrays.copyOf(whole, whole.length - 48);
        System.arraycopy(whole, 128, lost, 80, whole.length - 128);

        for (final byte[] bytes : List.of(exchanged, lost)) {
            disk.put(path(1), bytes);
            final JournalRefusedException refusal = Refusals.of(() -> read(store, meta(1)));
            assertThat(refusal).hasMessageContaining("chunk: wrong checksum");
            assertThat(refusal.offset()).isEqualTo(80);
        }
    }

    @Test
    void shouldBoundAChunkLengthBeforeItIsRead() {
        store.write(meta(1), content(40));
        for (final int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1024 * 1024 + 1}) {
            final UnsafeBuffer bytes = new UnsafeBuffer(disk.get(path(1)));
            bytes.putInt(80, length, BatchLayout.ORDER);
            disk.put(path(1), bytes.byteArray());
            assertThat(Refusals.of(() -> read(store, meta(1)))).hasMessageContaining("chunk length " + length);
        }
        for (final int length : new int[] {0, -1, 1024 * 1024 + 1}) {
            assertThatThrownBy(() ->
                            store.write(meta(2), chunks -> chunks.onChunk(new UnsafeBuffer(new byte[16]), 0, length)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("chunk length " + length);
        }
        assertThat(disk.exists(path(2))).isFalse();
    }

    @Test
    void shouldRefuseWhenItIsOfANewerFormat() {
        store.write(meta(1), content(40));
        final ChecksumBuffer bytes = new ChecksumBuffer(disk.get(path(1)).length);
        bytes.buffer().putBytes(0, disk.get(path(1)));
        bytes.buffer().putInt(8, 2, BatchLayout.ORDER);
        bytes.buffer().putInt(76, bytes.checksum(0, 76), BatchLayout.ORDER);
        final byte[] newer = new byte[bytes.capacity()];
        bytes.buffer().getBytes(0, newer);
        disk.put(path(1), newer);

        assertThat(store.newestWhole().faults().get(0)).hasMessageContaining("format version 2");
    }

    @Test
    void shouldLeaveTheOneBeforeWhenWritingFails() {
        final FaultyFiles files = new FaultyFiles(disk);
        final SnapshotStore faulty = SnapshotStore.open(DATA, files);
        faulty.write(meta(1), content(40));
        for (final FaultyFiles.Operation operation : FaultyFiles.Operation.values()) {
            if (operation != FaultyFiles.Operation.DELETE) {
                files.fail(operation, operation == FaultyFiles.Operation.SYNC_DIRECTORY ? "" : "2.snap.tmp", "EIO");
                if (operation == FaultyFiles.Operation.RENAME) {
                    files.fail(operation, "2.snap", "EIO");
                }
                assertThatThrownBy(() -> faulty.write(meta(2), content(40))).isInstanceOf(UncheckedIOException.class);
            }
        }
        assertThat(read(store, meta(1))).containsExactly("1x40x1");
    }

    @Test
    void shouldSyncALargeSnapshotPieceByPiece() {
        final FaultyFiles files = new FaultyFiles(disk);
        final long[] unsynced = {0, 0};
        files.fault((operation, path, length) -> {
            unsynced[0] = operation == FaultyFiles.Operation.SYNC ? 0 : unsynced[0] + length;
            unsynced[1] = Math.max(unsynced[1], unsynced[0]);
            return length;
        });
        final int[] lengths = new int[40];
        Arrays.fill(lengths, SnapshotChunkHandler.CHUNK_LENGTH_MAX);

        SnapshotStore.open(DATA, files).write(meta(1), content(lengths));

        assertThat(unsynced[1]).isBetween(1L, 10L * 1024 * 1024);
        assertThat(read(store, meta(1))).hasSize(40);
    }

    @Test
    void shouldShowNothingOfASnapshotWhoseNameMayNotBeDurable() {
        final FaultyFiles files = new FaultyFiles(disk);
        final SnapshotStore faulty = SnapshotStore.open(DATA, files);
        faulty.write(meta(1), content(40));
        files.fail(FaultyFiles.Operation.SYNC_DIRECTORY, "snapshots", "EIO");
        for (final long sequence : new long[] {2, 3}) {
            assertThatThrownBy(() -> faulty.write(meta(sequence), content(40)))
                    .isInstanceOf(UncheckedIOException.class);
        }

        // were they counted, what the older one needs could be trimmed, and both be gone after a loss of power
        assertThat(faulty.list()).containsExactly(meta(1));
        assertThat(faulty.oldestOf(2)).isEmpty();
    }

    @Test
    void shouldHaveMadeNamesDurableThatAKilledProcessLeftBehindWhenOpened() {
        final SmallJournal small = SmallJournal.closed();
        final SimulatedDisk kept = small.disk();
        final UUID id = journalId(kept);
        final FaultyFiles files = new FaultyFiles(kept);
        files.fault((operation, path, length) -> {
            if (operation == FaultyFiles.Operation.SYNC_DIRECTORY) {
                throw new CrashFault.Crash();
            }
            return length;
        });
        final SnapshotMeta last = new SnapshotMeta(id, small.lastSequence(), small.endOffset(), 1, 1, 1);
        assertThatThrownBy(() -> SnapshotStore.open(SmallJournal.DATA, files).write(last, content(10)))
                .isInstanceOf(CrashFault.Crash.class);
        kept.killProcess();
        final SnapshotStore next = SnapshotStore.open(SmallJournal.DATA, kept);

        SmallJournal.open(kept);

        assertThat(next.list()).containsExactly(last);
        kept.losePower(new Random(1) {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean nextBoolean() {
                return false;
            }
        });
        assertThat(next.list()).containsExactly(last);
    }

    private static UUID journalId(final SimulatedDisk of) {
        try (JournalReader reader = JournalReader.open(SmallJournal.DATA, of, 0)) {
            return reader.journalId();
        }
    }

    @Test
    void shouldShowTheOldOrTheNewWhenCrashedAtAnyOperation() {
        for (int crashAt = 1; crashAt <= 6; crashAt++) {
            for (int seed = 0; seed < 20; seed++) {
                final SimulatedDisk crashing = new SimulatedDisk();
                SnapshotStore.open(DATA, crashing).write(meta(1), content(40));
                final FaultyFiles files = new FaultyFiles(crashing);
                files.fault(new CrashFault(crashAt, 0.5));
                boolean acknowledged = false;
                try {
                    SnapshotStore.open(DATA, files).write(meta(2), content(900, 40));
                    acknowledged = true;
                } catch (final CrashFault.Crash e) {
                    assertThat(e).hasMessage("crash");
                }
                crashing.losePower(new Random(seed));

                final SnapshotChoice choice = SnapshotStore.open(DATA, crashing).newestWhole();

                assertThat(choice.faults())
                        .as("crash at %d, seed %d", crashAt, seed)
                        .isEmpty();
                assertThat(choice.newest().orElseThrow().sequence()).isGreaterThanOrEqualTo(acknowledged ? 2L : 1L);
            }
        }
    }

    @Test
    void shouldRefuseToOpenTheJournalWhenASnapshotIsAheadOfIt() {
        final SmallJournal small = SmallJournal.closed();
        final JournalReader reader = JournalReader.open(SmallJournal.DATA, small.disk(), 0);
        final UUID id = reader.journalId();
        reader.close();
        final long last = small.lastSequence();
        final Map<SnapshotMeta, Boolean> metas = new TreeMap<>(Comparator.comparing(SnapshotMeta::toString));
        metas.put(new SnapshotMeta(id, last, small.endOffset(), 1, 1, 1), true);
        metas.put(new SnapshotMeta(id, last + 1, small.endOffset(), 1, 1, 1), false);
        metas.put(new SnapshotMeta(id, last, small.endOffset() + 512, 1, 1, 1), false);
        metas.put(new SnapshotMeta(ID, last, small.endOffset(), 1, 1, 1), false);

        metas.forEach((meta, isFit) -> {
            final SimulatedDisk copy = small.disk();
            SnapshotStore.open(SmallJournal.DATA, copy).write(meta, content(10));
            if (isFit) {
                SmallJournal.open(copy).close();
            } else {
                assertThat(Refusals.of(() -> SmallJournal.open(copy))).hasMessageContaining("the snapshot is of");
            }
        });
    }

    @Test
    void shouldRefuseToMakeAJournalWhenThereAreSnapshotsOfALostOne() {
        store.write(meta(1), content(10));

        assertThat(Refusals.of(() -> SmallJournal.open(disk))).hasMessageContaining("the journal was lost");
    }

    @Test
    void shouldWorkOnARealDisk(@TempDir final Path data) {
        final SnapshotStore real = SnapshotStore.open(data, JournalFiles.real());
        assertThat(real.list()).isEmpty();
        assertThat(real.newestWhole().newest()).isEmpty();
        for (long sequence = 1; sequence <= 3; sequence++) {
            real.write(meta(sequence), content(3_000, 2_000_000 / 2));
        }

        assertThat(real.keep(2)).isEqualTo(1);
        assertThat(real.list()).extracting(SnapshotMeta::sequence).containsExactly(3L, 2L);
        assertThat(read(real, meta(3))).containsExactly("1x3000x1", "2x1000000x2");
    }

    @Test
    void shouldPassOverASnapshotThatTheDiskCannotRead(@TempDir final Path data) throws IOException {
        final Journal journal = Journals.started(data);
        Journals.appendAndCommit(journal, 1, 3);
        final SnapshotStore real = SnapshotStore.open(data, JournalFiles.real());
        final SnapshotMeta sound =
                new SnapshotMeta(journal.recovery().journalId(), 1, journal.durablePosition(), 1, 1, 1);
        real.write(sound, chunks -> {});
        journal.close();
        // Reading a directory is an error of the disk as much as a bad sector is.
        Files.createDirectory(data.resolve("snapshots/00000000000000000002.snap"));

        final SnapshotChoice choice = real.newestWhole();

        assertThat(choice.newest()).contains(sound);
        assertThat(choice.faults()).hasSize(1);
        Journals.started(data).close();
    }
}
