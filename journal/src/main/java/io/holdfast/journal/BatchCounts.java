package io.holdfast.journal;

/** Counts batches by type. */
final class BatchCounts {
    private long batches;
    private long opens;
    private long closes;

    void add(final BatchHeader header) {
        batches++;
        opens += header.typeCode == BatchType.OPEN.code() ? 1 : 0;
        closes += header.typeCode == BatchType.CLOSE.code() ? 1 : 0;
    }

    void clear() {
        batches = 0;
        opens = 0;
        closes = 0;
    }

    long batches() {
        return batches;
    }

    long opens() {
        return opens;
    }

    long closes() {
        return closes;
    }
}
