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

    /** Opens the journal, which may be in use. */
    JournalScan open(final Console console) throws StartRefusedException {
        if (!Files.isDirectory(dataDirectory)) {
            throw new StartRefusedException("--data-dir " + dataDirectory
                    + ": no such directory; next step: name the one that the server was started with");
        }
        return JournalScan.open(dataDirectory, console.isTerminal() ? Progress.on(console.err()) : Progress.silent());
    }
}
