package io.holdfast.journal;

import java.util.concurrent.atomic.AtomicInteger;

/** Which segment files there are: where, from which position on, and how many. Any thread. */
final class KeptSegments {
    private final SegmentDirectory directory;
    private final int segmentLength;
    private final AtomicInteger count;
    private volatile long firstPosition;

    KeptSegments(final SegmentDirectory directory, final long firstPosition, final int segmentLength, final int count) {
        this.directory = directory;
        this.firstPosition = firstPosition;
        this.segmentLength = segmentLength;
        this.count = new AtomicInteger(count);
    }

    long firstPosition() {
        return firstPosition;
    }

    SegmentDirectory directory() {
        return directory;
    }

    int segmentLength() {
        return segmentLength;
    }

    int count() {
        return count.get();
    }

    void added() {
        count.incrementAndGet();
    }

    /** Called before older ones are taken away, so that nobody begins to read in them any more. */
    void beginAt(final long position) {
        firstPosition = position;
    }

    void removed() {
        count.decrementAndGet();
    }
}
