package io.holdfast.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The files of {@code journal/}: segments named by base position, 20 digits, so that names sort as positions
 * do; unfinished ones end in {@code .tmp}, copies of torn tails in {@code .torn-N}.
 */
final class SegmentDirectory {
    static final String TEMPORARY_SUFFIX = ".tmp";

    private static final String SUFFIX = ".log";
    private static final Pattern NAME = Pattern.compile("[0-9]{20}\\.log");
    private static final Pattern TEMPORARY_NAME = Pattern.compile("[0-9]{20}\\.(log|torn-[1-9]|snap)\\.tmp");

    private final Path directory;
    private final Path archive;
    private final JournalFiles files;

    SegmentDirectory(final Path directory, final JournalFiles files) {
        this(directory, null, files);
    }

    /**
     * To read: a segment that is not in the directory is looked for in the archive.
     *
     * @param archive where trimmed segments were moved to; null for none
     */
    SegmentDirectory(final Path directory, final Path archive, final JournalFiles files) {
        this.directory = directory;
        this.archive = archive;
        this.files = files;
    }

    Path path() {
        return directory;
    }

    JournalFiles files() {
        return files;
    }

    Path segmentPath(final long base) {
        return directory.resolve(digits(base) + SUFFIX);
    }

    static String digits(final long position) {
        return String.format(Locale.ROOT, "%020d", position);
    }

    boolean hasSegment(final long base) throws IOException {
        return files.exists(existingPath(base));
    }

    /** Asked anew each time: a running server may be moving it. */
    private Path existingPath(final long base) throws IOException {
        final Path path = segmentPath(base);
        if (archive != null && !files.exists(path)) {
            final Path archived = archive.resolve(path.getFileName());
            return files.exists(archived) ? archived : path;
        }
        return path;
    }

    /**
     * Base positions by name, ascending. A {@code .log} file of another name is refused: it may be history.
     */
    List<Long> bases() throws IOException {
        final TreeSet<Long> bases = new TreeSet<>();
        addBases(directory, bases);
        if (archive != null && !bases.isEmpty()) {
            addBases(archive, bases);
        }
        return new ArrayList<>(bases);
    }

    private void addBases(final Path from, final TreeSet<Long> bases) throws IOException {
        for (final Path path : files.list(from)) {
            final String name = path.getFileName().toString();
            if (NAME.matcher(name).matches()) {
                bases.add(parseBase(path, name));
            } else if (name.endsWith(SUFFIX)) {
                throw new JournalCorruptException(path, 0, "not a segment's name");
            }
        }
    }

    private static long parseBase(final Path path, final String name) {
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (final NumberFormatException e) {
            throw new JournalCorruptException(path, 0, "not a segment's name");
        }
    }

    Segment openToRead(final long base) throws IOException {
        final Path path = existingPath(base);
        try {
            return verified(path, base, files.openToRead(path));
        } catch (final IOException e) {
            final Path now = existingPath(base);
            if (now.equals(path)) {
                throw e;
            }
            return verified(now, base, files.openToRead(now)); // moved in between, and never moved back
        }
    }

    Segment openToWrite(final long base) throws IOException {
        final Path path = segmentPath(base);
        return verified(path, base, files.openToWrite(path));
    }

    private static Segment verified(final Path path, final long base, final JournalFile file) throws IOException {
        boolean verified = false;
        try {
            final long length = file.length();
            if (length < SegmentHeader.LENGTH) {
                throw new JournalCorruptException(path, length, "too short to hold a segment header");
            }
            final ChecksumBuffer bytes = new ChecksumBuffer(SegmentHeader.LENGTH);
            final Segment raw = new Segment(path, null, file);
            raw.read(bytes.io(0, SegmentHeader.LENGTH), 0);
            final SegmentHeader header = SegmentHeader.decode(bytes, path);
            if (header.base() != base) {
                throw new JournalCorruptException(
                        path, 0, "holds the segment of position " + header.base() + ": misplaced");
            }
            if (length > header.segmentLength()) {
                throw new JournalCorruptException(path, header.segmentLength(), "bytes beyond the segment's end");
            }
            verified = true;
            return new Segment(path, header, file);
        } finally {
            if (!verified) {
                file.close();
            }
        }
    }

    /** Files that a crash left half made. Whoever calls holds the lock. */
    static void deleteTemporaries(final JournalFiles files, final Path directory) throws IOException {
        boolean deleted = false;
        for (final Path path : files.list(directory)) {
            if (TEMPORARY_NAME.matcher(path.getFileName().toString()).matches()) {
                files.delete(path);
                deleted = true;
            }
        }
        if (deleted) {
            files.syncDirectory(directory);
        }
    }
}
