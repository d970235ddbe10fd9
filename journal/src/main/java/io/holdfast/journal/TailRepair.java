package io.holdfast.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes the end of the journal fit to be written to. Each step leaves what {@link TailExaminer} calls torn or
 * clean, so a crash in any of them is repaired by the next start. Readers beside it see an unfinished last
 * batch throughout.
 */
final class TailRepair {
    private static final String COPY_SUFFIX = ".torn-";
    private static final int COPIES_MAX = 9;

    private final SegmentDirectory directory;

    TailRepair(final SegmentDirectory directory) {
        this.directory = directory;
    }

    /** On return the torn bytes are durable in a copy and durably zero in the segment. */
    TornTail cut(final TailExaminer.Torn torn) throws IOException {
        final Segment segment = torn.segment();
        final ChecksumBuffer bytes = new ChecksumBuffer(torn.length());
        segment.read(bytes.io(0, torn.length()), torn.offset());
        final Path copy = copyAside(bytes, segment.base() + torn.offset());
        bytes.buffer().setMemory(0, torn.length(), (byte) 0);
        // The body first: a header before zeros is a torn batch, a body behind half a header would be damage.
        segment.write(
                bytes.io(BatchHeader.LENGTH, torn.length() - BatchHeader.LENGTH), torn.offset() + BatchHeader.LENGTH);
        segment.sync();
        segment.write(bytes.io(0, BatchHeader.LENGTH), torn.offset());
        segment.sync();
        return new TornTail(segment.path(), torn.offset(), torn.length(), copy);
    }

    private Path copyAside(final ChecksumBuffer bytes, final long position) throws IOException {
        final JournalFiles files = directory.files();
        final Path copy = unusedName(position);
        final Path temporary = copy.resolveSibling(copy.getFileName() + SegmentDirectory.TEMPORARY_SUFFIX);
        try (JournalFile file = files.create(temporary)) {
            Segment.writeFully(file, bytes.io(0, bytes.capacity()), 0);
            file.sync();
        }
        files.rename(temporary, copy);
        files.syncDirectory(directory.path());
        return copy;
    }

    /** A position can be torn again and again; when all names are taken the last copy gives way. */
    private Path unusedName(final long position) throws IOException {
        for (int number = 1; number < COPIES_MAX; number++) {
            final Path path = copyPath(position, number);
            if (!directory.files().exists(path)) {
                return path;
            }
        }
        return copyPath(position, COPIES_MAX);
    }

    private Path copyPath(final long position, final int number) {
        return directory.path().resolve(SegmentDirectory.digits(position) + COPY_SUFFIX + number);
    }

    /**
     * Writes the last batch again, the same bytes, and syncs. It may never have been synced, or its sync may
     * have failed and left its pages clean in memory and absent from the disk; this start is about to answer
     * from it. The same bytes over themselves are the same whether a sector is the old or the new one.
     */
    void settle(final Segment segment, final int offset, final int length, final int checksum) throws IOException {
        if (length > 0) {
            final ChecksumBuffer bytes = new ChecksumBuffer(length);
            segment.read(bytes.io(0, length), offset);
            if (bytes.checksum(0, length - BatchLayout.TRAILER_LENGTH) != checksum) {
                throw new JournalCorruptException(segment.path(), offset, "batch changed between two reads");
            }
            segment.write(bytes.io(0, length), offset);
        }
        segment.sync();
    }

    /**
     * Writes the zeros again in which the next batch may come to stand. They may be in memory only, when the
     * repair of an earlier start was not synced or its sync failed, and what they replaced would come back
     * with the next power loss.
     */
    void clear(final Segment segment, final int offset, final int length) throws IOException {
        if (length > 0) {
            segment.write(new ChecksumBuffer(length).io(0, length), offset);
        }
        segment.sync();
    }

    /** Gives a cut file its length back. */
    void fill(final Segment segment) throws IOException {
        final long fileLength = segment.fileLength();
        if (fileLength < segment.length()) {
            final ChecksumBuffer zeros = SegmentTail.scanBuffer(segment.length());
            for (int at = (int) fileLength; at < segment.length(); at += zeros.capacity()) {
                segment.write(zeros.io(0, Math.min(zeros.capacity(), segment.length() - at)), at);
            }
            segment.sync();
        }
    }
}
