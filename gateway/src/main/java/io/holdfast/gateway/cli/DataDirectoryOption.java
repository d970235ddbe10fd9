package io.holdfast.gateway.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.History;
import io.holdfast.gateway.audit.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which journal a tool reads. */
final class DataDirectoryOption implements FromEnvironment {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "The server's data directory (${DEFAULT-VALUE}). Only read.")
    private Path dataDirectory;

    @Option(
            names = "--archive-dir",
            paramLabel = "DIR",
            description = "Where the server moved old segments to: read as the beginning of the history.")
    private Path archiveDirectory;

    /** What there is to read; the journal may be in use. */
    History history(final Console console) throws StartRefusedException {
        checkDirectory("--data-dir", dataDirectory);
        if (archiveDirectory != null) {
            checkDirectory("--archive-dir", archiveDirectory);
        }
        return new History(dataDirectory, Optional.ofNullable(archiveDirectory), progress(console), console::say);
    }

    private static void checkDirectory(final String flag, final Path directory) throws StartRefusedException {
        if (!Files.isDirectory(directory)) {
            throw new StartRefusedException(flag + " " + directory
                    + ": no such directory; next step: name the one that the server was started with");
        }
    }

    private static Progress progress(final Console console) {
        return console.isTerminal() ? Progress.on(console.err()) : Progress.silent();
    }
}
