package io.holdfast.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A journal of one small segment and its spare, of several batches, on a simulated disk: the subject of
 * damage. Each damage is done to a copy.
 */
final class SmallJournal {
    static final Path DATA = Path.of("/data");
    static final JournalConfig CONFIG = new JournalConfig(DATA, 16 * 1024, 4096, 0);
    static final Path SEGMENT = DATA.resolve("journal/00000000000000000000.log");
    static final Path SPARE = DATA.resolve("journal/00000000000000016384.log");

    private final Map<Path, byte[]> contents;
    private final List<Integer> batchOffsets = new ArrayList<>();
    private final long lastSequence;

    private SmallJournal(final boolean isClosed) {
        final SimulatedDisk disk = new SimulatedDisk();
        final Journal journal = Journal.open(CONFIG, disk, new InlineScheduler());
        batchOffsets.add((int) journal.durablePosition());
        journal.start();
        long sequence = 1;
        for (final int count : new int[] {1, 4, 2, 7}) {
            batchOffsets.add((int) journal.durablePosition());
            Journals.appendAndCommit(journal, sequence, count);
            sequence += count;
        }
        lastSequence = sequence - 1;
        if (isClosed) {
            batchOffsets.add((int) journal.durablePosition());
            journal.close();
        }
        contents = disk.contents();
    }

    /** Ends in a batch of several sectors. */
    static SmallJournal crashed() {
        return new SmallJournal(false);
    }

    /** Ends in a close batch. */
    static SmallJournal closed() {
        return new SmallJournal(true);
    }

    byte[] segment() {
        return contents.get(SEGMENT).clone();
    }

    /** A copy with that segment in the place of the first. */
    SimulatedDisk diskWith(final byte[] segment) {
        final Map<Path, byte[]> copy = new TreeMap<>(contents);
        copy.put(SEGMENT, segment);
        return SimulatedDisk.holding(copy);
    }

    SimulatedDisk disk() {
        return SimulatedDisk.holding(contents);
    }

    /** Offsets in the segment at which batches begin. */
    List<Integer> batchOffsets() {
        return batchOffsets;
    }

    int lastBatchOffset() {
        return batchOffsets.get(batchOffsets.size() - 1);
    }

    /** Behind the last batch. */
    int endOffset() {
        return lastBatchOffset() + lastBatchLength();
    }

    int lastBatchLength() {
        final ChecksumBuffer bytes = new ChecksumBuffer(BatchHeader.LENGTH);
        bytes.buffer().putBytes(0, segment(), lastBatchOffset(), BatchHeader.LENGTH);
        final BatchHeader header = new BatchHeader();
        header.decode(bytes, 0);
        return header.batchLength;
    }

    long lastSequence() {
        return lastSequence;
    }

    /** Sequence of the last record before the last batch. */
    long sequenceBeforeLastBatch() {
        return lastSequence - 7;
    }

    static Journal open(final SimulatedDisk disk) {
        return Journal.open(CONFIG, disk, new InlineScheduler());
    }

    static List<String> readAll(final SimulatedDisk disk) {
        try (JournalReader reader = JournalReader.open(DATA, disk, 0)) {
            return Journals.readAll(reader);
        }
    }
}
