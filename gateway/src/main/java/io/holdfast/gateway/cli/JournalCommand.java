package io.holdfast.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code journal}: names the tools. */
@Command(
        name = "journal",
        description = "Reads a journal: read-only, and safe beside a running server.",
        footer = {"", "Exit status: 0 all well, 1 a fault was found, 2 wrong usage, 3 no journal to read."})
final class JournalCommand {
    @Mixin
    private HelpOption help;
}
