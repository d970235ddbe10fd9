package io.holdfast.gateway.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.JournalScan;
import io.holdfast.gateway.audit.Output;
import io.holdfast.gateway.audit.Statistics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal stat}. */
@Command(name = "stat", description = "Prints positions, segments, record counts, first and last time.")
final class JournalStatCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataDirectoryOption directory;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    @Mixin
    private HelpOption help;

    JournalStatCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException {
        try (JournalScan scan = directory.history(console).openOldest()) {
            new Statistics(new Output(console.data())).run(scan, isJson);
        }
        return ExitStatus.OK;
    }
}
