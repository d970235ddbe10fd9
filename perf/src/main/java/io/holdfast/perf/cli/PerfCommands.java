package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.CommandExtension;
import io.holdfast.gateway.cli.Console;
import java.util.List;
import picocli.CommandLine;

/** Adds what measures to the launcher's commands. */
public final class PerfCommands implements CommandExtension {
    @Override
    public List<Object> commands(final Console console) {
        return List.of(bench(console), new RehearseCommand(console));
    }

    private static CommandLine bench(final Console console) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new JmhCommand(console))
                .addSubcommand(new HttpCommand(console))
                .addSubcommand(new RingCommand(console))
                .addSubcommand(new RecoveryCommand(console))
                .addSubcommand(new SettlementCommand(console))
                .addSubcommand(new MirrorCommand(console))
                .addSubcommand(new ReconcileBenchCommand(console))
                .addSubcommand(new CompareCommand(console))
                .addSubcommand(new ScaleCommand(console))
                .addSubcommand(new PeerCommand(console));
    }
}
