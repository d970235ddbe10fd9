package io.holdfast.core;

import io.holdfast.core.store.Arena;
import java.util.Arrays;

/**
 * Records in the order of the commands that made them, to be listed from any sequence on: a drop's holds, the refunds due.
 *
 * <p>Chunks of {@value #CHUNK_LENGTH}; removal leaves a gap in its chunk, and a chunk without entries goes. Finding a
 * place is a binary search over chunks and one within. Sequences must come in increasing.
 */
final class SequenceOrder {
    private static final int CHUNK_LENGTH = 256;

    /**
     * Chunks 0 to chunkCount-1 are in increasing order of sequence; none but the last is without live entries. Behind
     * them stand emptied ones, to be filled again: what loses as many records as it gains allocates nothing.
     */
    private Chunk[] chunks = new Chunk[4];

    private int chunkCount;

    void append(final long sequence, final int record) {
        if (chunkCount == 0 || chunks[chunkCount - 1].used == CHUNK_LENGTH) {
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunkCount * 2);
            }
            if (chunks[chunkCount] == null) {
                chunks[chunkCount] = new Chunk();
            }
            chunkCount++;
        }
        chunks[chunkCount - 1].append(sequence, record);
    }

    void remove(final long sequence) {
        final int chunkIndex = chunkOf(sequence);
        final Chunk chunk = chunks[chunkIndex];
        final int index = Arrays.binarySearch(chunk.sequences, 0, chunk.used, sequence);
        if (index < 0 || chunk.records[index] == Arena.NONE) {
            throw new InvariantViolation("no record in order was made by command " + sequence);
        }
        chunk.records[index] = Arena.NONE;
        if (--chunk.live == 0 && chunk.used == CHUNK_LENGTH) {
            System.arraycopy(chunks, chunkIndex + 1, chunks, chunkIndex, chunkCount - chunkIndex - 1);
            chunk.used = 0;
            chunks[--chunkCount] = chunk;
        }
    }

    /** The record that the command made, or {@link Arena#NONE}. */
    int find(final long sequence) {
        if (chunkCount == 0) {
            return Arena.NONE;
        }
        final Chunk chunk = chunks[chunkOf(sequence)];
        final int index = Arrays.binarySearch(chunk.sequences, 0, chunk.used, sequence);
        return index < 0 ? Arena.NONE : chunk.records[index];
    }

    /** The first record made after the sequence, or {@link Arena#NONE}. Gaps are stepped over at memory speed. */
    int firstAfter(final long sequence) {
        if (chunkCount == 0) {
            return Arena.NONE;
        }
        int chunkIndex = chunkOf(sequence);
        final Chunk first = chunks[chunkIndex];
        final int found = Arrays.binarySearch(first.sequences, 0, first.used, sequence);
        int index = found < 0 ? -found - 1 : found + 1;
        for (; chunkIndex < chunkCount; chunkIndex++, index = 0) {
            final Chunk chunk = chunks[chunkIndex];
            for (; index < chunk.used; index++) {
                if (chunk.records[index] != Arena.NONE) {
                    return chunk.records[index];
                }
            }
        }
        return Arena.NONE;
    }

    /** The last chunk that begins at or before the sequence, or the first. */
    private int chunkOf(final long sequence) {
        int low = 0;
        int high = chunkCount - 1;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            if (chunks[middle].sequences[0] <= sequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static final class Chunk {
        private final long[] sequences = new long[CHUNK_LENGTH];
        private final int[] records = new int[CHUNK_LENGTH];
        private int used;
        private int live;

        void append(final long sequence, final int record) {
            sequences[used] = sequence;
            records[used++] = record;
            live++;
        }
    }
}
