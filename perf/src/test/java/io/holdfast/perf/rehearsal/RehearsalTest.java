package io.holdfast.perf.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.perf.load.ArrivalTimes;
import io.holdfast.perf.load.Arrivals;
import io.holdfast.perf.load.HttpTarget;
import io.holdfast.perf.load.JournalArrivals;
import io.holdfast.perf.load.WirePlan;
import io.holdfast.perf.report.RunConditions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the real server: the counts are right, whatever the times. */
@Timeout(300)
class RehearsalTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long OBJECTIVE_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int STOCK = 100;

    @TempDir
    private static Path directory;

    private static ServerProcess server;
    private static HttpTarget target;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(directory.resolve("data"));
        target = HttpTarget.of(server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        server.kill();
    }

    private static RehearsalPlan plan(final String drop, final int buyers, final boolean isKeptAlive, final Keys keys) {
        final Crowd crowd = new Crowd(Arrivals.SPIKE.times(buyers, 500 * MS, 5), "spike", 500 * MS, 2, 50, 5);
        final Offer offer = new Offer(drop, true, "GA", STOCK, 4500, "EUR", 4);
        final Manners manners = new Manners(60, 40, 20, 50 * MS, 20, 20_000 * MS);
        return new RehearsalPlan(new WirePlan(target, 3, 200, 0), isKeptAlive, keys, offer, crowd, manners);
    }

    @Test
    void shouldAnswerEverybodyAndSellNothingTwice() throws Exception {
        final Rehearsal rehearsal = new Rehearsal(plan("crowd", 1_000, false, ServerProcess.KEYS));

        final RehearsalResult result = rehearsal.run(OBJECTIVE_NS, pulse -> {});

        final Ledger ledger = result.ledger();
        assertThat(StubRehearsal.wrong(result)).isEmpty();
        assertThat(ledger.buyersByVerdict().keySet()).containsOnly("held", "sold-out");
        assertThat(ledger.buyersByVerdict().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(1_000);
        assertThat(ledger.grants()).hasSizeGreaterThanOrEqualTo(STOCK);
        assertThat(ledger.botsByVerdict().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(100);
        assertThat(ledger.payments().values()).anyMatch(PaymentFact::isPaid).anyMatch(fact -> !fact.isPaid());
        assertThat(ledger.buying().getTotalCount()).isEqualTo(1_000);
        assertThat(result.effort().connections()).isEqualTo(result.effort().requests());
        assertThat(rehearsal.retire()).isTrue();
    }

    @Test
    void shouldShareConnectionsWhenKeptAlive() throws Exception {
        final RehearsalResult result =
                new Rehearsal(plan("pool", 300, true, ServerProcess.KEYS)).run(OBJECTIVE_NS, pulse -> {});

        assertThat(StubRehearsal.wrong(result)).isEmpty();
        assertThat(result.effort().connections()).isLessThanOrEqualTo(200);
        assertThat(result.effort().requests()).isGreaterThan(400);
    }

    @Test
    void shouldComeAsInJournalWhenReplayed() throws Exception {
        final RehearsalResult result =
                new Rehearsal(plan("replayed", 200, true, ServerProcess.KEYS)).run(OBJECTIVE_NS, pulse -> {});

        final ArrivalTimes times = JournalArrivals.read(directory.resolve("data"), 1);

        assertThat(result.ledger().buying().getTotalCount()).isEqualTo(200);
        assertThat(times.count()).isGreaterThanOrEqualTo(200);
        assertThat(times.at(0)).isLessThan(MS);
    }

    @Test
    void shouldTellOfItToPeopleScriptsAndBrowsers() throws Exception {
        final RehearsalResult result =
                new Rehearsal(plan("told", 100, true, ServerProcess.KEYS)).run(OBJECTIVE_NS, pulse -> {});
        final RunConditions conditions = RunConditions.ofThisProcess();
        final RehearsalReport report = new RehearsalReport(result, conditions);
        final Path page = directory.resolve("report.html");

        RehearsalPage.write(page, result, conditions);

        assertThat(report.text()).endsWith("oversold? no, lost? no, slow? no\n");
        assertThat(JsonReading.object(report.json().replaceAll("\\d\\.\\d+(E-?\\d+)?", "0")))
                .containsEntry("ok", true)
                .containsEntry("oversold", false)
                .containsEntry("distinctHolds", (long) result.ledger().grants().size());
        assertThat(Files.readString(page)).contains("<svg ", "oversold? no, lost? no, slow? no", "had their verdict");
    }

    @Test
    void shouldRefuseToStartWhenKeyIsWrong() {
        final Keys wrongAdmin = new Keys(ServerProcess.KEYS.apiKey(), "x".repeat(20), "y".repeat(20));
        final Keys wrongApi = new Keys("x".repeat(20), ServerProcess.KEYS.adminKey(), "y".repeat(20));

        for (final Keys keys : List.of(wrongAdmin, wrongApi)) {
            assertThatThrownBy(() -> new Rehearsal(plan("keys", 10, true, keys)).run(OBJECTIVE_NS, pulse -> {}))
                    .isInstanceOf(RehearsalRefusedException.class)
                    .hasMessageContaining("a key is wrong");
        }
    }

    @Test
    void shouldSearchUntilObjectiveBreaks() throws Exception {
        final long unreachableNs = 1;

        final List<RateSearch.Step> steps = new RateSearch(
                        rate -> plan("rate-" + (int) rate, 50, true, ServerProcess.KEYS), unreachableNs, new Silence())
                .run(100);

        assertThat(steps)
                .hasSize(4)
                .allMatch(step -> !step.result().isWell() && step.result().isSafe());
        assertThat(RateSearch.best(steps)).isZero();
        assertThat(RateTable.text(steps, RunConditions.ofThisProcess())).endsWith("held: none\n");
    }

    private static final class Silence implements RateSearch.Watcher {
        @Override
        public void onPulse(final double rate, final Pulse pulse) {}

        @Override
        public void onStep(final RateSearch.Step step) {}
    }
}
