package io.holdfast.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast}: names what can be done. */
@Command(
        name = "holdfast",
        versionProvider = Version.class,
        description =
                "A reservation core for drops: holds granted by a single writer, journaled before they are answered.",
        footer = {
            "",
            "Exit status: 0 all well, 1 the answer is no, 2 wrong usage, 3 cannot start, 4 halted.",
            "COMMAND --help says more."
        })
final class HoldfastCommand {
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Says which build this is.")
    private boolean isVersionAsked;

    @Mixin
    private HelpOption help;
}
