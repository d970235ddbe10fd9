package io.holdfast.perf.rehearsal;

import io.holdfast.perf.report.HtmlPage;
import io.holdfast.perf.report.LatencySummary;
import io.holdfast.perf.report.LinePlot;
import io.holdfast.perf.report.PercentilePlot;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A rehearsal, or a search for a rate, as a page for a browser. */
public final class RehearsalPage {
    private RehearsalPage() {}

    /** Writes the page of one rehearsal, over the file that is there. */
    public static void write(final Path file, final RehearsalResult result, final RunConditions conditions)
            throws IOException {
        final HtmlPage page =
                new HtmlPage("Rehearsal of " + result.plan().offer().drop());
        page.verdict(result.isWell(), RehearsalReport.verdict(result));
        describe(page, result);
        conditions(page, conditions);
        page.write(file);
    }

    /** Writes the page of a search, over the file that is there. */
    public static void write(final Path file, final List<RateSearch.Step> steps, final RunConditions conditions)
            throws IOException {
        final double best = RateSearch.best(steps);
        final HtmlPage page = new HtmlPage("How many buyers a second");
        page.verdict(best > 0, best > 0 ? rate(best) + " buyers a second held" : "no rate that was tried held");
        page.table(RateTable.heads(), RateTable.rows(steps));
        final List<RateSearch.Step> sorted = new ArrayList<>(steps);
        sorted.sort((a, b) -> Double.compare(a.rate(), b.rate()));
        page.plot(new LinePlot("Verdict, by rate", "buyers a second", Scale.LOG, "ms", Scale.LOG)
                .add("p50", rates(sorted), percentiles(sorted, 50))
                .add("p99", rates(sorted), percentiles(sorted, 99))
                .add("p99.9", rates(sorted), percentiles(sorted, 99.9))
                .svg());
        sorted.stream().filter(step -> step.rate() == best).findFirst().ifPresent(step -> {
            page.section("The highest rate that held");
            describe(page, step.result());
        });
        conditions(page, conditions);
        page.write(file);
    }

    private static String rate(final double rate) {
        return String.format(Locale.ROOT, "%,.0f", rate);
    }

    private static double[] rates(final List<RateSearch.Step> steps) {
        return steps.stream().mapToDouble(RateSearch.Step::rate).toArray();
    }

    private static double[] percentiles(final List<RateSearch.Step> steps, final double percentile) {
        return steps.stream()
                .mapToDouble(step -> step.result().ledger().buying().getValueAtPercentile(percentile) / 1e6)
                .toArray();
    }

    private static void describe(final HtmlPage page, final RehearsalResult result) {
        final Ledger ledger = result.ledger();
        if (RehearsalReport.isGeneratorLate(result)) {
            page.paragraph(
                    "The generator itself was late by more than a tenth of the objective: what is slow may be it.");
        }
        page.section("Audit");
        page.table(
                List.of("question", "looked at", "", "found"),
                result.findings().stream()
                        .map(each -> List.of(
                                each.question().label(), each.what(), each.isWell() ? "well" : "WRONG", each.detail()))
                        .toList());
        page.section("What the crowd was told");
        page.table(List.of("verdict", "buyers"), rows(ledger.buyersByVerdict()));
        if (!ledger.botsByVerdict().isEmpty()) {
            page.table(List.of("verdict", "presses of bots"), rows(ledger.botsByVerdict()));
        }
        if (!ledger.retriesByCause().isEmpty()) {
            page.table(List.of("came again after", "times"), rows(ledger.retriesByCause()));
        }
        page.section("How long it took");
        final List<String> head = new ArrayList<>(List.of("µs"));
        head.addAll(LatencySummary.heads());
        page.table(
                head,
                List.of(
                        row("verdict, from when due", ledger.buying()),
                        row("payment, from when due", ledger.paying()),
                        row("each request, from when sent", ledger.service()),
                        row("generator's lag", ledger.lag())));
        page.plot(new PercentilePlot("Latency by percentile")
                .add("verdict, from when due", ledger.buying())
                .add("payment, from when due", ledger.paying())
                .add("each request, from when sent", ledger.service())
                .add("generator's lag", ledger.lag())
                .svg());
        page.section("In the course of time");
        final TimeLine line = ledger.timeLine();
        page.plot(LinePlot.overTime("Buyers a second", "buyers a second", Scale.LINEAR)
                .add("came", line.seconds(), line.arrivedPerSecond())
                .add("had their verdict", line.seconds(), line.answeredPerSecond())
                .svg());
        page.plot(LinePlot.overTime("Verdict of those who came then", "ms", Scale.LOG)
                .add("p50", line.seconds(), line.responseMs(50))
                .add("p99", line.seconds(), line.responseMs(99))
                .add("longest", line.seconds(), line.responseMs(100))
                .svg());
        page.section("What was done");
        page.table(List.of("what", "how"), RehearsalReport.course(result));
    }

    private static List<List<String>> rows(final Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> List.of(each.getKey(), RehearsalReport.count(each.getValue())))
                .toList();
    }

    private static List<String> row(final String name, final Histogram valuesNs) {
        final List<String> cells = new ArrayList<>(List.of(name));
        cells.addAll(LatencySummary.of(valuesNs).cells());
        return cells;
    }

    private static void conditions(final HtmlPage page, final RunConditions conditions) {
        page.section("Conditions");
        page.table(List.of("what", "how"), conditions.rows());
    }
}
