package io.holdfast.gateway.cli;

import picocli.CommandLine.Option;

/** {@code --help} of a command. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean isAsked;
}
