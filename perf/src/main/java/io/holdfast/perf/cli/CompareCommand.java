package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.perf.compare.ComparePlan;
import io.holdfast.perf.compare.CompareReport;
import io.holdfast.perf.compare.CompareWriter;
import io.holdfast.perf.compare.Comparison;
import io.holdfast.perf.compare.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench compare}. */
@Command(
        name = "compare",
        sortOptions = false,
        description = "Measures the server beside bare Netty, and beside Netty with Redis, in turn in one run.",
        footer = {
            "",
            "Each is a process of its own. The server runs as an operator runs it: serve --dev with a new data directory,",
            "embedded Postgres and Redis, settlement and mirror on. All of it is gone afterwards.",
            "",
            "In seconds: --rows saturation,storm --sides bare-netty,holdfast --rounds 1 --duration 1s --warm-up 1s --users 500",
            "",
            "Exit status: 0 measured, 1 some row could not be, or with --strict a goal was not reached, 2 wrong usage,",
            "3 cannot start."
        })
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CompareOptions options;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Writes the tables for a document, too.")
    private Path markdown;

    @Option(names = "--strict", description = "Exits with 1 when a goal was not reached.")
    private boolean isStrict;

    @Mixin
    private HelpOption help;

    CompareCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        final ComparePlan plan = options.plan();
        final Optional<Path> wrk = Comparison.findWrk(console.environment().getOrDefault("PATH", ""));
        if (wrk.isEmpty() && plan.rows().stream().anyMatch(Rows::needsWrk)) {
            throw new StartRefusedException("wrk is not installed, which drives the rows saturation and sold-out;"
                    + " next step: apt-get install wrk, or name other --rows");
        }
        try {
            final CompareReport report = new Comparison(plan, wrk, console::say).run();
            write(new CompareWriter(report, command()));
            return report.isComplete() && (report.isReached() || !isStrict) ? ExitStatus.OK : ExitStatus.NO;
        } catch (final Comparison.StartFailed e) {
            throw new StartRefusedException(e.getMessage(), e);
        } catch (final IOException e) {
            throw new StartRefusedException("cannot write: " + e.getMessage(), e);
        }
    }

    private void write(final CompareWriter writer) throws IOException {
        if (markdown != null) {
            Files.writeString(markdown, writer.markdown());
        }
        console.out().print(isJson ? writer.json() + "\n" : writer.text());
        console.out().flush();
    }

    /** As it was typed. */
    private String command() {
        final List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
        return console.command() + " " + String.join(" ", typed);
    }
}
