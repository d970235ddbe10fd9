package io.holdfast.gateway.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.JournalScan;
import io.holdfast.gateway.audit.Moment;
import io.holdfast.gateway.audit.Output;
import io.holdfast.gateway.audit.Printer;
import io.holdfast.gateway.audit.RecordFilter;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal print}. */
@Command(
        name = "print",
        sortOptions = false,
        description = "Prints commands and their events, one JSON object a line.",
        footer = {"", "MOMENT is a sequence, or a time like 2026-11-23T12:00:00Z; both ends are printed."})
final class JournalPrintCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataDirectoryOption directory;

    @Option(
            names = "--from",
            paramLabel = "MOMENT",
            converter = MomentConverter.class,
            description = "First moment printed (the beginning).")
    private Moment from = Moment.BEGINNING;

    @Option(
            names = "--to",
            paramLabel = "MOMENT",
            converter = MomentConverter.class,
            description = "Last moment printed (the end).")
    private Moment to = Moment.END;

    @Option(names = "--drop", paramLabel = "DROP", description = "Only what is about this drop.")
    private String drop;

    @Option(names = "--buyer", paramLabel = "BUYER", description = "Only what is about this buyer.")
    private String buyer;

    @Option(names = "--hold", paramLabel = "HOLD", description = "Only what is about this hold.")
    private UUID hold;

    @Mixin
    private HelpOption help;

    JournalPrintCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException {
        try (JournalScan scan = directory.history(console).openOldest()) {
            final RecordFilter filter = new RecordFilter(drop, buyer, hold);
            new Printer(new Output(console.data()), filter, from, to).run(scan);
        }
        return ExitStatus.OK;
    }
}
