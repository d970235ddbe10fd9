package io.holdfast.perf.jmh;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Has JMH measure what a plan asks for, with the yardstick beside it. */
public final class JmhRun {
    /** A property of the forked JVM: where journals are written. */
    static final String DIRECTORY_PROPERTY = "holdfast.perf.directory";

    private static final String LIVE_HOLDS = "liveHolds";
    private static final String HEAP = "-Xmx5g";
    private static final String LARGE_HEAP = "-Xmx12g";
    private static final String ROOT = JmhRun.class.getPackageName() + ".";

    private final JmhPlan plan;
    private final OutputFormat output;

    /** Below the plan's, for as long as is measured. */
    private Path directory;

    /** @param progress told what JMH has to say meanwhile */
    public JmhRun(final JmhPlan plan, final PrintStream progress) {
        this.plan = plan;
        this.output = OutputFormatFactory.createFormatInstance(progress, VerboseMode.NORMAL);
    }

    /** The benchmarks that the patterns name, without their package. */
    public static SortedSet<String> names(final List<String> patterns) {
        final SortedSet<String> names = new TreeSet<>();
        for (final BenchmarkListEntry each : entries(patterns)) {
            names.add(each.getUsername().substring(ROOT.length()));
        }
        return names;
    }

    private static Collection<BenchmarkListEntry> entries(final List<String> patterns) {
        final List<Pattern> wanted = patterns.stream().map(Pattern::compile).toList();
        return BenchmarkList.defaultList()
                .getAll(
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(PrintStream.nullOutputStream()), VerboseMode.SILENT),
                        List.of())
                .stream()
                .filter(each -> each.getUsername().startsWith(ROOT))
                .filter(each -> wanted.isEmpty()
                        || wanted.stream()
                                .anyMatch(pattern ->
                                        pattern.matcher(each.getUsername()).find()))
                .toList();
    }

    /**
     * Measures all. What journals leave behind, of forks that failed too, is deleted.
     *
     * @throws RunnerException when a benchmark failed, or found that it did not do what it is named after
     */
    public List<RunResult> run() throws RunnerException, IOException {
        try (WorkDirectory work = WorkDirectory.make(plan.directory())) {
            directory = work.path();
            return measure();
        }
    }

    private List<RunResult> measure() throws RunnerException {
        final List<String> withHolds = new ArrayList<>();
        final List<String> others = new ArrayList<>();
        for (final BenchmarkListEntry each : entries(plan.patterns())) {
            (each.getParams().orElse(Map.of()).containsKey(LIVE_HOLDS) ? withHolds : others).add(each.getUsername());
        }
        final List<RunResult> results = new ArrayList<>();
        if (!others.isEmpty()) {
            results.addAll(run(withParameters(options(others, HEAP))));
        }
        runWithHolds(withHolds, false, HEAP, results);
        runWithHolds(withHolds, true, LARGE_HEAP, results);
        if (Yardstick.ns(results.stream().map(Measurement::of).toList()).isEmpty()) {
            results.addAll(0, run(Yardstick.options(options(List.of(Yardstick.BENCHMARK), HEAP))));
        }
        return results;
    }

    private void runWithHolds(
            final List<String> benchmarks, final boolean isLarge, final String heap, final List<RunResult> results)
            throws RunnerException {
        final String[] counts = plan.liveHolds().stream()
                .filter(count -> count >= JmhPlan.LARGE_LIVE_HOLDS == isLarge)
                .map(String::valueOf)
                .toArray(String[]::new);
        if (counts.length > 0 && !benchmarks.isEmpty()) {
            results.addAll(run(withParameters(options(benchmarks, heap)).param(LIVE_HOLDS, counts)));
        }
    }

    private Collection<RunResult> run(final ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build(), output).run();
    }

    private ChainedOptionsBuilder withParameters(final ChainedOptionsBuilder options) {
        plan.parameters().forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
        return options;
    }

    private ChainedOptionsBuilder options(final List<String> benchmarks, final String heap) {
        final Effort effort = plan.effort();
        final List<String> flags = new ArrayList<>(plan.forkFlags());
        // First, so that a heap among the flags wins.
        flags.add(0, heap);
        flags.add("-D" + DIRECTORY_PROPERTY + "=" + directory);
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(effort.forks())
                .warmupIterations(effort.warmupIterations())
                .warmupTime(TimeValue.milliseconds(effort.iterationMs()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.iterationMs()))
                .jvmArgs(flags.toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        benchmarks.forEach(each -> options.include("^" + Pattern.quote(each) + "$"));
        return options;
    }
}
