package io.holdfast.gateway.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.Output;
import io.holdfast.gateway.audit.Verifier;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code journal verify}. */
@Command(
        name = "verify",
        sortOptions = false,
        description = "Checks every checksum, decides every command again, checks every invariant.",
        footer = {"", "Exit status: 0 verified, 1 a fault was found: its file and offset, or its sequence, is named."})
final class JournalVerifyCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataDirectoryOption directory;

    @Mixin
    private HelpOption help;

    JournalVerifyCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException {
        final Verifier verifier = new Verifier(new Output(console.data()));
        verifier.run(directory.history(console));
        if (verifier.isTailUnfinished()) {
            console.say("behind the end lies an unfinished batch, which nobody was answered from");
        }
        return ExitStatus.OK;
    }
}
