package io.holdfast.perf.ring;

import io.holdfast.perf.report.HtmlPage;
import io.holdfast.perf.report.LinePlot;
import io.holdfast.perf.report.PercentileFile;
import io.holdfast.perf.report.PercentilePlot;
import io.holdfast.perf.report.RunComparison;
import io.holdfast.perf.report.Scale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Writes a run as files: a page, its plots as SVG, and each histogram as {@code .hgrm}. */
public final class RingReport {
    /** The page's file name. */
    public static final String PAGE = "ring.html";

    private final RingResults results;
    private final Path directory;

    /** @param directory is made where it is missing; files of an earlier run are written over */
    public RingReport(final RingResults results, final Path directory) {
        this.results = results;
        this.directory = directory;
    }

    /**
     * Writes everything.
     *
     * @param comparison with an earlier run, where there is one
     * @return the page
     */
    public Path write(final Optional<RunComparison> comparison) throws IOException {
        Files.createDirectories(directory);
        for (final LoadResult load : results.loads()) {
            percentileFiles(load);
        }
        final HtmlPage page = new HtmlPage("Ring latency: the pipeline without HTTP");
        page.paragraph("Commands go through ring, core, journal and fdatasync; every answer counted here was durable "
                + "before it was given. Latency counts from when a command was due to when its answer reached the "
                + "producer's thread, so that a stall is seen by all that fell due in it.");
        page.verdict(
                results.faults().isEmpty(),
                results.faults().isEmpty()
                        ? "Every command was answered as it should be, and the stock is what the answers say."
                        : "Something does not add up: " + String.join("; ", results.faults()));
        page.section("Conditions").table(List.of("what", "how"), conditions());
        page.section("Loads")
                .table(
                        RingResults.loadHeads(),
                        results.loadRows(load -> results.config().label(load)));
        page.paragraph(
                "Percentiles are of all rounds together; records/sync, cpu (processor time of the whole process for "
                        + "one answer, its producers' with it), writer (its processor time for one record) and the writer's shares "
                        + "(on a processor, in fdatasync) of the last. Refused: commands that found no room. Journal full: of "
                        + "these, or at saturation how often, since the disk had no segment ready.");
        comparison.ifPresent(found -> compare(page, found));
        page.section("Latency by percentile");
        plotTotals(page);
        page.section("Stages");
        plotStages(page);
        page.section("Over time");
        plotTimelines(page);
        final Path file = directory.resolve(PAGE);
        page.write(file);
        return file;
    }

    private List<List<String>> conditions() {
        final List<List<String>> rows =
                new ArrayList<>(results.record().conditions().rows());
        results.record().settings().forEach((name, value) -> rows.add(List.of(name, value)));
        return rows;
    }

    private static void compare(final HtmlPage page, final RunComparison comparison) {
        page.section("Compared with the run before").list(comparison.lines());
        page.table(RunComparison.heads(), comparison.rows());
    }

    private void percentileFiles(final LoadResult load) throws IOException {
        final String name = load.load().fileName();
        PercentileFile.write(
                directory.resolve(name + "-total.hgrm"), load.latencies().total());
        if (load.load().isStaged()) {
            for (final Map.Entry<Stage, Histogram> each :
                    load.latencies().stages().entrySet()) {
                final String stage = each.getKey().label().replace(' ', '-');
                PercentileFile.write(directory.resolve(name + "-" + stage + ".hgrm"), each.getValue());
            }
        }
    }

    /** One plot for each rate, with all that was tried at it side by side; further ones where they do not fit. */
    private void plotTotals(final HtmlPage page) throws IOException {
        final Map<String, List<LoadResult>> byRate = new LinkedHashMap<>();
        for (final LoadResult load : results.loads()) {
            final String rate =
                    load.load().isSaturated() ? "saturated" : load.load().rateText();
            byRate.computeIfAbsent(rate, absent -> new ArrayList<>()).add(load);
        }
        for (final Map.Entry<String, List<LoadResult>> each : byRate.entrySet()) {
            final List<LoadResult> loads = each.getValue();
            for (int from = 0; from < loads.size(); from += PercentilePlot.SERIES_MAX) {
                final PercentilePlot plot = new PercentilePlot("Total latency, " + each.getKey());
                loads.subList(from, Math.min(loads.size(), from + PercentilePlot.SERIES_MAX))
                        .forEach(load -> plot.add(
                                results.config().labelWithinRate(load.load()),
                                load.latencies().total()));
                add(page, "total-" + fileName(each.getKey()) + (from == 0 ? "" : "-" + from), plot.svg());
            }
        }
    }

    private void plotStages(final HtmlPage page) throws IOException {
        for (final LoadResult load : results.loads()) {
            if (load.load().isStaged()) {
                final PercentilePlot plot = new PercentilePlot(load.load().name());
                load.latencies().stages().forEach((stage, histogram) -> plot.add(stage.label(), histogram));
                plot.add("total", load.latencies().total());
                page.part(load.load().name());
                page.table(RingResults.stageHeads(), RingResults.stageRows(load));
                add(page, load.load().fileName() + "-stages", plot.svg());
            }
        }
    }

    private void plotTimelines(final HtmlPage page) throws IOException {
        for (int from = 0; from < results.loads().size(); from += LinePlot.SERIES_MAX) {
            final LinePlot rates = LinePlot.overTime("Answers a second, last round", "answers/s", Scale.LOG);
            final LinePlot slowest =
                    LinePlot.overTime("Slowest answer of each 100 ms, last round", "latency, µs", Scale.LOG);
            for (final LoadResult load :
                    results.loads().subList(from, Math.min(results.loads().size(), from + LinePlot.SERIES_MAX))) {
                final Timeline timeline = load.lastRound().timeline();
                final String label = results.config().label(load.load());
                rates.add(label, timeline.seconds(), timeline.answersPerSecond());
                slowest.add(label, timeline.seconds(), timeline.slowestUs());
            }
            final String suffix = from == 0 ? "" : "-" + from;
            add(page, "answers-over-time" + suffix, rates.svg());
            add(page, "slowest-over-time" + suffix, slowest.svg());
        }
    }

    private void add(final HtmlPage page, final String name, final String svg) throws IOException {
        Files.writeString(directory.resolve(name + ".svg"), svg, StandardCharsets.UTF_8);
        page.plot(svg);
    }

    private static String fileName(final String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    }
}
