package io.holdfast.gateway.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.JournalScan;
import io.holdfast.gateway.audit.Output;
import io.holdfast.gateway.audit.Story;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal explain}. */
@Command(name = "explain", description = "Tells in sentences what a buyer asked for, got, paid and did not get.")
final class JournalExplainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataDirectoryOption directory;

    @Option(names = "--buyer", paramLabel = "BUYER", required = true, description = "Whose story.")
    private String buyer;

    @Option(names = "--drop", paramLabel = "DROP", description = "Only what is about this drop.")
    private String drop;

    @Mixin
    private HelpOption help;

    JournalExplainCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException {
        try (JournalScan scan = directory.history(console).openOldest()) {
            new Story(new Output(console.data()), buyer, drop).run(scan);
        }
        return ExitStatus.OK;
    }
}
