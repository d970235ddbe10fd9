package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.CommandExtension;
import io.holdfast.gateway.cli.Console;
import java.util.List;
import picocli.CommandLine;

/** Adds what measures to the launcher's commands. */
public final class PerfCommands implements CommandExtension {
    @Override
    public List<Object> commands(final Console console) {
        return List.of(bench(console));
    }

    private static CommandLine bench(final Console console) {
        final CommandLine bench = new CommandLine(new BenchCommand());
        bench.addSubcommand(new PeerCommand(console));
        return bench;
    }
}
