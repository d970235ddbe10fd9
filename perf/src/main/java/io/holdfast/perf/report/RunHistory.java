package io.holdfast.perf.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Earlier runs: {@code history.jsonl} in a directory of the user's choice, one JSON object a line, the oldest first. Runs
 * are only ever added. Several processes may add, for each writes its line at once; a line that a crash cut off stays
 * alone, for the next begins on a line of its own.
 */
public final class RunHistory {
    /** The file's name. */
    public static final String FILE = "history.jsonl";

    private final Path file;

    /** @param directory made when the first run is added */
    public RunHistory(final Path directory) {
        this.file = directory.resolve(FILE);
    }

    /**
     * The newest earlier run of the same benchmark and settings on the same machine. Lines that cannot be read are
     * passed over, and counted.
     */
    public Earlier earlier(final RunRecord run) throws IOException {
        if (!Files.exists(file)) {
            return new Earlier(Optional.empty(), 0);
        }
        RunRecord newest = null;
        int unreadable = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final Optional<RunRecord> read = read(line);
                if (read.isPresent()) {
                    newest = read.get().isComparableTo(run) ? read.get() : newest;
                } else if (!line.isBlank()) {
                    unreadable++;
                }
            }
        }
        return new Earlier(Optional.ofNullable(newest), unreadable);
    }

    private static Optional<RunRecord> read(final String line) {
        try {
            return line.isBlank() ? Optional.empty() : Optional.of(RunReader.read(line));
        } catch (final IllegalArgumentException e) {
            // A crash can cut a line off, and its run is lost; those before and behind are as good as ever. It is
            // counted.
            return Optional.empty();
        }
    }

    /** Adds a run; durable on return. */
    public void add(final RunRecord run) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final long length = channel.size();
            final String separator = length == 0 || endsLine(channel, length) ? "" : "\n";
            final ByteBuffer line = StandardCharsets.UTF_8.encode(separator + JsonText.of(run::write) + "\n");
            try (FileChannel end = FileChannel.open(file, StandardOpenOption.APPEND)) {
                while (line.hasRemaining()) {
                    end.write(line);
                }
                end.force(true);
            }
        }
    }

    private static boolean endsLine(final FileChannel channel, final long length) throws IOException {
        final ByteBuffer last = ByteBuffer.allocate(1);
        return channel.read(last, length - 1) == 1 && last.get(0) == '\n';
    }

    public Path file() {
        return file;
    }

    /**
     * What the history holds of a run's kind.
     *
     * @param run the newest comparable one, if there is any
     * @param unreadableLines lines of the file that are no run
     */
    public record Earlier(Optional<RunRecord> run, int unreadableLines) {}
}
