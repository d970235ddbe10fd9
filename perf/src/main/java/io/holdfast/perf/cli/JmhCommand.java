package io.holdfast.perf.cli;

import io.holdfast.gateway.audit.Output;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.jmh.Effort;
import io.holdfast.perf.jmh.ForkFlags;
import io.holdfast.perf.jmh.JmhPlan;
import io.holdfast.perf.jmh.JmhReport;
import io.holdfast.perf.jmh.JmhRun;
import io.holdfast.perf.report.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench jmh}. */
@Command(
        name = "jmh",
        sortOptions = false,
        description = "Measures the core, the codecs, the journal, the ring and the pipeline by JMH.",
        footer = {
            "",
            "Each benchmark runs in JVMs of its own, with the flags of a server; HOLDFAST_JAVA_OPTS counts there, too.",
            "Times are medians; every one is set beside a raw Disruptor's hand-off, measured in the same run.",
            "",
            "  holdfast bench jmh CoreHold --quick",
            "  holdfast bench jmh Ring --param waiting=PARKING,BLOCKING --json=ring.json",
            "",
            "Exit status: 0 measured, 1 a benchmark failed or did not do what it is named after, 2 wrong usage."
        })
final class JmhCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";
    private static final int FORKS_MAX = 100;
    private static final int ITERATIONS_MAX = 1_000;
    private static final int ITERATION_MS_MAX = 600_000;

    /** Even, and enough for two tapes of commands. */
    private static final int LIVE_HOLDS_MIN = 5_000;

    private static final int LIVE_HOLDS_MAX = 10_000_000;

    private final Console console;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATTERN",
            description = "Regular expressions; what has one in its name is measured. Default: everything.")
    private List<String> patterns = List.of();

    @Option(names = "--list", description = "Prints the names of the benchmarks, and measures nothing.")
    private boolean isList;

    @Option(names = "--quick", description = "For a look: less and shorter, and no 10,000,000 live holds.")
    private boolean isQuick;

    @Option(
            names = "--json",
            arity = "0..1",
            fallbackValue = STANDARD_OUTPUT,
            paramLabel = "FILE",
            description = "Writes one JSON object: with a name into that file, without one instead of the table.")
    private String json;

    @Option(
            names = "--history",
            paramLabel = "DIR",
            description = "Keeps the figures there, and says what changed beyond noise since the run before.")
    private Path history;

    @Option(names = "--forks", description = "JVMs for each benchmark, one after the other. Default: 1.")
    private Integer forks;

    @Option(names = "--warmup-iterations", description = "Thrown away in each fork. Default: 5, quick 3.")
    private Integer warmupIterations;

    @Option(names = "--iterations", description = "Measured in each fork. Default: 5, quick 3.")
    private Integer iterations;

    @Option(names = "--iteration-ms", description = "Length of an iteration. Default: 1000, quick 500.")
    private Integer iterationMs;

    @Option(
            names = "--live-holds",
            split = ",",
            paramLabel = "COUNT",
            description = "Holds that are live in the benchmarks of the core. Default: 5000,100000,1000000,10000000.")
    private List<Integer> liveHolds;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE[,VALUE]",
            description = "Values of a benchmark's parameter instead of its own. May be given again.")
    private List<String> parameters = List.of();

    @Option(
            names = "--jvm-arg",
            paramLabel = "FLAG",
            description = "A flag for the forked JVMs, --jvm-arg=-XX:+UseZGC. May be given again.")
    private List<String> jvmArgs = List.of();

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where journals are written and deleted again: the disk to measure. Default: here.")
    private Path directory = Path.of("");

    @Mixin
    private HelpOption help;

    JmhCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        final JmhPlan plan = plan();
        final Output output = new Output(console.data());
        if (JmhRun.names(patterns).isEmpty()) {
            throw new UsageException("no benchmark has " + patterns + " in its name: --list names them all");
        }
        if (isList) {
            JmhRun.names(patterns).forEach(output::line);
            output.flush();
            return ExitStatus.OK;
        }
        refuseUnwritable();
        console.say("measures " + JmhRun.names(patterns).size() + " benchmarks"
                + (isToFile() ? ", as JSON into " + json : ""));
        final JmhReport report;
        try {
            report = new JmhReport(plan, new JmhRun(plan, console.err()).run());
        } catch (final RunnerException e) {
            console.say("a benchmark failed, see above; nothing is reported: " + e.getMessage());
            return ExitStatus.NO;
        }
        output.line(STANDARD_OUTPUT.equals(json) ? report.json() : report.text());
        if (isToFile()) {
            Files.writeString(Path.of(json), report.json() + "\n");
        }
        output.flush();
        if (history != null) {
            new Comparisons(console, new RunHistory(history)).keep(report.run());
        }
        return ExitStatus.OK;
    }

    private boolean isToFile() {
        return json != null && !json.equals(STANDARD_OUTPUT);
    }

    /** Now and not when all is measured. */
    private void refuseUnwritable() {
        if (isToFile() && !Files.isDirectory(Path.of(json).toAbsolutePath().getParent())) {
            throw new UsageException("--json", json + " is in no directory that there is");
        }
    }

    private JmhPlan plan() {
        for (final String pattern : patterns) {
            try {
                Pattern.compile(pattern);
            } catch (final PatternSyntaxException e) {
                throw new UsageException(
                        "the pattern " + pattern + " is not a regular expression: " + e.getDescription());
            }
        }
        if (!Files.isDirectory(directory.toAbsolutePath())) {
            throw new UsageException("--directory", directory + " is no directory");
        }
        return new JmhPlan(
                patterns,
                effort(),
                liveHolds(),
                parameters(),
                ForkFlags.of(console.environment().getOrDefault("HOLDFAST_JAVA_OPTS", ""), jvmArgs),
                directory.toAbsolutePath().normalize());
    }

    private Effort effort() {
        final Effort standard = isQuick ? Effort.QUICK : Effort.FULL;
        return new Effort(
                number("--forks", forks, standard.forks(), 0, FORKS_MAX),
                number("--warmup-iterations", warmupIterations, standard.warmupIterations(), 0, ITERATIONS_MAX),
                number("--iterations", iterations, standard.iterations(), 1, ITERATIONS_MAX),
                number("--iteration-ms", iterationMs, standard.iterationMs(), 1, ITERATION_MS_MAX));
    }

    private static int number(
            final String flag, final Integer given, final int standard, final int least, final int most) {
        if (given == null) {
            return standard;
        }
        if (given < least || given > most) {
            throw new UsageException(flag, given + " is not from " + least + " to " + most);
        }
        return given;
    }

    private List<Integer> liveHolds() {
        if (liveHolds == null) {
            return isQuick ? JmhPlan.LIVE_HOLDS_QUICK : JmhPlan.LIVE_HOLDS;
        }
        for (final int count : liveHolds) {
            if (count < LIVE_HOLDS_MIN || count > LIVE_HOLDS_MAX || count % 2 != 0) {
                throw new UsageException(
                        "--live-holds",
                        count + " is not an even number from " + LIVE_HOLDS_MIN + " to " + LIVE_HOLDS_MAX);
            }
        }
        return liveHolds;
    }

    private Map<String, List<String>> parameters() {
        final Map<String, List<String>> byName = new LinkedHashMap<>();
        for (final String each : parameters) {
            final int equals = each.indexOf('=');
            if (equals < 1 || equals == each.length() - 1) {
                throw new UsageException("--param", each + " is not NAME=VALUE[,VALUE]");
            }
            byName.put(
                    each.substring(0, equals),
                    List.of(each.substring(equals + 1).split(",")));
        }
        return byName;
    }
}
