package io.holdfast.gateway.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.JournalScan;
import io.holdfast.gateway.audit.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which journal a tool reads. */
final class DataDirectoryOption implements FromEnvironment {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "The server's data directory (${DEFAULT-VALUE}). Only read.")
    private Path dataDirectory;

    /** Opens the journal, which may be in use, from its first record: a state is only whole with all of them. */
    JournalScan open(final Console console) throws StartRefusedException {
        checkDirectory();
        return JournalScan.open(dataDirectory, progress(console));
    }

    /** Opens the journal, which may be in use, from the oldest record that is kept. */
    JournalScan openOldest(final Console console) throws StartRefusedException {
        checkDirectory();
        return JournalScan.openOldest(dataDirectory, progress(console));
    }

    /** The directory, of which it is certain only that it is one. */
    Path checked() throws StartRefusedException {
        checkDirectory();
        return dataDirectory;
    }

    private void checkDirectory() throws StartRefusedException {
        if (!Files.isDirectory(dataDirectory)) {
            throw new StartRefusedException("--data-dir " + dataDirectory
                    + ": no such directory; next step: name the one that the server was started with");
        }
    }

    private static Progress progress(final Console console) {
        return console.isTerminal() ? Progress.on(console.err()) : Progress.silent();
    }
}
