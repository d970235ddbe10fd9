package io.holdfast.gateway.cli;

import io.holdfast.gateway.HoldfastServer;
import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.FaultFoundException;
import io.holdfast.gateway.audit.OutputLostException;
import io.holdfast.journal.JournalCorruptException;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.settlement.log.UncheckedLogException;
import io.holdfast.settlement.reconcile.StoreUnreadableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the process begins: one command line in, one exit status out. */
public final class Main {
    private static final int USAGE_WIDTH = 100;
    private static final int UNEXPECTED = -1;

    private Main() {}

    /** Runs one command and exits with its status. */
    public static void main(final String[] arguments) throws IOException {
        MemoryAlarm.arm();
        System.exit(run(arguments, Console.ofProcess(), HoldfastServer::start));
    }

    /** Runs one command in this process. */
    static int run(final String[] arguments, final Console console, final RunningServer.Starter starter) {
        final EnvironmentDefaults environment = new EnvironmentDefaults(console.environment());
        final CommandLine root = new CommandLine(new HoldfastCommand());
        root.addSubcommand(new ServeCommand(starter, console, environment));
        root.addSubcommand(new DemoCommand(starter, console, environment));
        root.addSubcommand(journal(console));
        root.addSubcommand(new ReconcileCommand(console, environment));
        root.addSubcommand(new TokenCommand(console, environment));
        for (final CommandExtension extension : ServiceLoader.load(CommandExtension.class)) {
            extension.commands(console).forEach(root::addSubcommand);
        }
        root.addSubcommand(new CommandLine.HelpCommand());
        root.setDefaultValueProvider(environment);
        root.setOut(new PrintWriter(console.data(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        root.setUsageHelpWidth(USAGE_WIDTH);
        root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        root.setParameterExceptionHandler((e, args) -> usage(e, environment, console));
        root.setExecutionExceptionHandler((e, command, parsed) -> failure(e, console));
        final int status = root.execute(arguments);
        console.err().flush();
        return status;
    }

    private static int usage(final ParameterException e, final EnvironmentDefaults environment, final Console console) {
        console.say(e.getMessage() + environment.originOf(e.getArgSpec()));
        final String name = e.getCommandLine().getCommandSpec().qualifiedName();
        if (e instanceof UnmatchedArgumentException unmatched) {
            UnmatchedArgumentException.printSuggestions(
                    unmatched, e.getCommandLine().getErr());
        }
        console.say("try: " + name + " --help");
        return ExitStatus.USAGE;
    }

    private static CommandLine journal(final Console console) {
        return new CommandLine(new JournalCommand())
                .addSubcommand(new JournalStatCommand(console))
                .addSubcommand(new JournalPrintCommand(console))
                .addSubcommand(new JournalVerifyCommand(console))
                .addSubcommand(new JournalReplayCommand(console))
                .addSubcommand(new JournalExplainCommand(console));
    }

    private static int failure(final Exception e, final Console console) {
        if (e instanceof OutputLostException lost && lost.isReaderGone()) {
            return ExitStatus.OK;
        }
        final int status = statusOf(e);
        if (status == UNEXPECTED) {
            console.say("failed unexpectedly; next step: report this, with what follows");
            e.printStackTrace(console.err());
            return ExitStatus.HALTED;
        }
        console.say(e.getMessage());
        return status;
    }

    private static int statusOf(final Exception e) {
        if (e instanceof UsageException) {
            return ExitStatus.USAGE;
        }
        final Throwable reason = e instanceof UncheckedLogException ? e.getCause() : e;
        if (reason instanceof JournalCorruptException || reason instanceof FaultFoundException) {
            return ExitStatus.NO;
        }
        if (e instanceof StartRefusedException
                || e instanceof JournalRefusedException
                || e instanceof StoreUnreadableException
                || e instanceof UncheckedLogException
                || e instanceof OutputLostException
                || e instanceof UncheckedIOException) {
            return ExitStatus.CANNOT_START;
        }
        return UNEXPECTED;
    }
}
