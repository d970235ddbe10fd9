package io.holdfast.perf.scale;

import io.holdfast.journal.JournalConfig;
import io.holdfast.perf.compare.SingleServer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What write and sync of a batch take on the journal's disk while nothing else is done, in microseconds.
 *
 * @param smallUs of the smallest
 * @param largeUs of the largest
 */
record DiskTimes(double smallUs, double largeUs) {
    static final int SMALL_LENGTH = 4_096;
    static final int LARGE_LENGTH = JournalConfig.defaults(Path.of("")).batchLengthMax();

    private static final int SMALL_SYNCS = 300;
    private static final int LARGE_SYNCS = 50;

    static DiskTimes measure(final SingleServer server) throws IOException {
        return new DiskTimes(server.syncUs(SMALL_LENGTH, SMALL_SYNCS), server.syncUs(LARGE_LENGTH, LARGE_SYNCS));
    }

    /** The same as a turn of the writer needs it. */
    Turn turn(final double intervalUs, final int ringSize, final double recordBytes) {
        final Line ofBytes = Line.through(new double[] {SMALL_LENGTH, LARGE_LENGTH}, new double[] {smallUs, largeUs});
        final double batchRecordsMax = Math.max(1, LARGE_LENGTH / recordBytes);
        return new Turn(
                intervalUs,
                Math.max(ringSize, batchRecordsMax),
                batchRecordsMax,
                new Line(ofBytes.fixed(), ofBytes.slope() * recordBytes));
    }
}
