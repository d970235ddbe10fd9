package io.holdfast.gateway.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.Moment;
import io.holdfast.gateway.audit.Output;
import io.holdfast.gateway.audit.Replay;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal replay}. */
@Command(
        name = "replay",
        sortOptions = false,
        description = "Prints the state as it was at a moment, as one JSON object.",
        footer = {"", "MOMENT is a sequence, or a time like 2026-11-23T12:00:00Z; what happened at it is included."})
final class JournalReplayCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataDirectoryOption directory;

    @Option(
            names = "--until",
            paramLabel = "MOMENT",
            converter = MomentConverter.class,
            description = "Last moment applied (the end).")
    private Moment until = Moment.END;

    @Option(names = "--holds", description = "Prints every remembered hold, too.")
    private boolean withHolds;

    @Mixin
    private HelpOption help;

    JournalReplayCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException {
        new Replay(new Output(console.data()), until).run(directory.history(console), withHolds);
        return ExitStatus.OK;
    }
}
