package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench}: names the measurements; each is a command of its own below it. */
@Command(
        name = "bench",
        description = "Measures: the core, the ring, what follows the journal, and the server against its peers.")
final class BenchCommand {
    @Mixin
    private HelpOption help;
}
