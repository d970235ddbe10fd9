package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.DurationConverter;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.load.Descriptors;
import io.holdfast.perf.load.HttpTarget;
import io.holdfast.perf.load.WirePlan;
import io.holdfast.perf.rehearsal.Crowd;
import io.holdfast.perf.rehearsal.Keys;
import io.holdfast.perf.rehearsal.Manners;
import io.holdfast.perf.rehearsal.Offer;
import io.holdfast.perf.rehearsal.Pulse;
import io.holdfast.perf.rehearsal.RateSearch;
import io.holdfast.perf.rehearsal.RateTable;
import io.holdfast.perf.rehearsal.Rehearsal;
import io.holdfast.perf.rehearsal.RehearsalPage;
import io.holdfast.perf.rehearsal.RehearsalPlan;
import io.holdfast.perf.rehearsal.RehearsalRefusedException;
import io.holdfast.perf.rehearsal.RehearsalReport;
import io.holdfast.perf.rehearsal.RehearsalResult;
import io.holdfast.perf.report.RunConditions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rehearse}. */
@Command(
        name = "rehearse",
        sortOptions = false,
        description = "Makes a drop, lets a crowd loose on it, and audits the server.",
        footer = {
            "",
            "Buyers press Buy when they come, each on a connection of its own, and come again with the same key when they",
            "are not answered; who got a hold pays, pays twice, gives it back or walks away. Latency counts from when a",
            "buyer came, whatever the server was doing then. Keys are also read from the file that",
            "HOLDFAST_API_KEY_FILE (and so on) names.",
            "",
            "Exit status: 0 all well; 1 something was oversold, lost or slow; 2 wrong usage; 3 the server cannot be",
            "reached, or a key is wrong."
        })
final class RehearseCommand implements Callable<Integer> {
    private static final int CONNECTIONS_MAX = 60_000;
    private static final int CONNECTIONS_KEPT = 256;

    /** A port that was used rests, so each address makes so many connections at most. */
    private static final int CONNECTIONS_PER_SOURCE = 8_000;

    private static final int IPV4_LENGTH = 4;
    private static final int WARM_UP_MAX = 50_000;
    private static final Duration WARM_UP_WINDOW = Duration.ofSeconds(1);

    private final Console console;
    private final ProgressLine line;

    @Mixin
    private TargetOptions target;

    @Mixin
    private RehearsalKeyOptions keys;

    @Mixin
    private CrowdOptions crowd;

    @Mixin
    private OfferOptions offer;

    @Mixin
    private MannersOptions manners;

    @Option(names = "--keep-alive", description = "Requests share connections, as behind a storefront that pools them.")
    private boolean isKeptAlive;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Most open at a time (what the file descriptor limit leaves; 256 with --keep-alive).")
    private Integer connections;

    @Option(
            names = "--objective-p99",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "1s",
            description = "Within which 99 of 100 buyers must have their verdict (${DEFAULT-VALUE}).")
    private Duration objective;

    @Option(
            names = "--find-rate",
            description = "Raises the rate step by step until it does not go well, and says which rate held.")
    private boolean isSearching;

    @Option(
            names = "--first-rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Buyers a second of the first step (${DEFAULT-VALUE}).")
    private double firstRate;

    @Option(
            names = "--step",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "Length of a step (${DEFAULT-VALUE}).")
    private Duration step;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Buyers within a second before, in a drop of their own; 0 for none (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes a page for a browser.")
    private Path report;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    @Mixin
    private HelpOption help;

    RehearseCommand(final Console console) {
        this.console = console;
        this.line = new ProgressLine(console);
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        final HttpTarget reachable = target.reachable();
        final Keys checkedKeys = keys.keys();
        final Manners checkedManners = manners.manners();
        try {
            if (!warmUp(reachable, checkedKeys, checkedManners)) {
                return ExitStatus.NO;
            }
            return isSearching
                    ? search(reachable, checkedKeys, checkedManners)
                    : once(plan(reachable, checkedKeys, offer.offer(), crowd.crowd(), checkedManners));
        } catch (final RehearsalRefusedException e) {
            throw new StartRefusedException(e.getMessage(), e);
        }
    }

    /** A runtime that has run for a second is some times faster than one that has not, and so are both ends. */
    private boolean warmUp(final HttpTarget reachable, final Keys checkedKeys, final Manners checkedManners)
            throws RehearsalRefusedException, InterruptedException {
        ArrivalOptions.check("--warm-up", warmUp, 0, WARM_UP_MAX);
        if (warmUp == 0) {
            return true;
        }
        final Crowd few = crowd.atRate(warmUp, WARM_UP_WINDOW);
        final Rehearsal rehearsal =
                new Rehearsal(plan(reachable, checkedKeys, offer.forWarmUp(warmUp), few, checkedManners));
        final RehearsalResult result = rehearsal.run(objective.toNanos(), pulse -> line.show("warming up"));
        line.end();
        if (result.isSafe()) {
            rehearsal.retire();
        } else {
            print(new RehearsalReport(result, RunConditions.ofThisProcess()).text());
        }
        return result.isSafe();
    }

    private int once(final RehearsalPlan plan) throws RehearsalRefusedException, InterruptedException {
        final Rehearsal rehearsal = new Rehearsal(plan);
        final RehearsalResult result = rehearsal.run(objective.toNanos(), pulse -> show(plan, pulse));
        line.end();
        final RunConditions conditions = RunConditions.ofThisProcess();
        final RehearsalReport told = new RehearsalReport(result, conditions);
        print(isJson ? told.json() + "\n" : told.text());
        if (report != null) {
            page(() -> RehearsalPage.write(report, result, conditions));
        }
        if (result.isSafe() && offer.isPutAway() && !rehearsal.retire()) {
            console.say(
                    "the drop " + plan.offer().drop() + " could not be put away: archive it when its holds are gone");
        }
        return result.isWell() ? ExitStatus.OK : ExitStatus.NO;
    }

    private int search(final HttpTarget reachable, final Keys checkedKeys, final Manners checkedManners)
            throws RehearsalRefusedException, InterruptedException {
        if (offer.isGiven()) {
            throw new UsageException("--find-rate makes a drop for each step: leave out --drop");
        }
        ArrivalOptions.check("--first-rate", firstRate, 1, RateSearch.RATE_MAX);
        ArrivalOptions.check(
                "--step", step.toMillis(), 100, Duration.ofMinutes(5).toMillis());
        final double stockPerBuyer = (double) offer.stock() / crowd.buyers();
        final RateSearch search = new RateSearch(
                rate -> {
                    final Crowd each = crowd.atRate(rate, step);
                    final int stock = Math.max(1, (int) Math.round(stockPerBuyer * rate * step.toMillis() / 1e3));
                    return plan(reachable, checkedKeys, offer.offer(stock), each, checkedManners);
                },
                objective.toNanos(),
                new StepLines());
        final List<RateSearch.Step> steps = search.run(firstRate);
        line.end();
        final RunConditions conditions = RunConditions.ofThisProcess();
        print(isJson ? RateTable.json(steps, conditions) + "\n" : RateTable.text(steps, conditions));
        if (report != null) {
            page(() -> RehearsalPage.write(report, steps, conditions));
        }
        return RateSearch.best(steps) > 0 ? ExitStatus.OK : ExitStatus.NO;
    }

    /** Tells of a search while it goes on. */
    private final class StepLines implements RateSearch.Watcher {
        @Override
        public void onPulse(final double rate, final Pulse pulse) {
            line.show("%,.0f buyers/s: %,d came, %,d went home", rate, pulse.arrived(), pulse.settled());
        }

        @Override
        public void onStep(final RateSearch.Step done) {
            line.end();
            console.say(RateTable.line(done));
        }
    }

    private RehearsalPlan plan(
            final HttpTarget reachable,
            final Keys checkedKeys,
            final Offer offered,
            final Crowd coming,
            final Manners how) {
        final int most = Math.min(CONNECTIONS_MAX, Descriptors.connectionsMax());
        final int asked = connections == null ? (isKeptAlive ? Math.min(most, CONNECTIONS_KEPT) : most) : connections;
        ArrivalOptions.check("--connections", asked, 1, most);
        final boolean isLocal =
                reachable.isLoopback() && reachable.address().getAddress().getAddress().length == IPV4_LENGTH;
        final int sources = isLocal
                ? sources(coming, isKeptAlive ? asked : 2 * coming.arrivals().count())
                : 0;
        return new RehearsalPlan(
                new WirePlan(reachable, sources, asked, 0), isKeptAlive, checkedKeys, offered, coming, how);
    }

    private static int sources(final Crowd coming, final int made) {
        final int all = made + coming.bots() * coming.botConnections();
        return Math.min(WirePlan.SOURCES_MAX, all / CONNECTIONS_PER_SOURCE + 1);
    }

    private void show(final RehearsalPlan plan, final Pulse pulse) {
        line.show(
                "%,d of %,d came, %,d went home, %,d holds",
                pulse.arrived(), plan.crowd().arrivals().count(), pulse.settled(), pulse.held());
    }

    private void print(final String text) {
        console.out().print(text);
        console.out().flush();
    }

    /** Writes something that may fail. */
    private interface Writing {
        void write() throws IOException;
    }

    private void page(final Writing writing) {
        try {
            writing.write();
            console.say("report: " + report.toAbsolutePath());
        } catch (final IOException e) {
            throw new UncheckedIOException("--report: " + report + " cannot be written: " + e.getMessage(), e);
        }
    }
}
