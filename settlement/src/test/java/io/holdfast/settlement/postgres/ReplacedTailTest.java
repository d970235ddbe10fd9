package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.settlement.ChaosProxy;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.NoSuchPositionException;
import io.holdfast.settlement.log.SampleLog;
import io.holdfast.settlement.postgres.LostTailCheck.Verdict;
import io.holdfast.settlement.reconcile.Difference;
import io.holdfast.settlement.reconcile.ReconcileConfig;
import io.holdfast.settlement.reconcile.ReconcileReport;
import io.holdfast.settlement.reconcile.Reconciler;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal that lost its tail and grew past what was settled while the database was away, in processes that are over: it
 * holds other records where settlement stands.
 */
class ReplacedTailTest extends SettlementFixture {
    private static final String CURSOR = "select journal_sequence, journal_position, record_position, record_time_ms,"
            + " record_checksum from holdfast.settlement_cursor";

    @TempDir
    private Path lost;

    @TempDir
    private Path grown;

    /** Payments 1 to 4, and in a copy that is lost afterwards 305 to 310, all of them settled; the log then holds four. */
    private void loseTail() throws Exception {
        sell(1, 4).copyTo(lost).copyTo(grown);
        reopen(lost);
        sell(305, 310);
        SettlementRun.settle(sample.log(), database);
        reopen(grown);
    }

    private void reopen(final Path directory) {
        sample.close();
        sample = SampleLog.open(directory);
    }

    /** Sells in the place of what was lost, in records of the same lengths at the same times; then there is a new process. */
    private void replaceTail() throws Exception {
        loseTail();
        sell(505, 510).restart();
        assertThat(sample.log().endSequence()).isGreaterThan(cursor());
    }

    private long cursorColumn(final String column) {
        return Long.parseLong(database.rows("select " + column + " from holdfast.settlement_cursor")
                .get(0));
    }

    private LostTailCheck.Result ask() {
        return LostTailCheck.ask(database.config(), sample.log());
    }

    private void requireRefusedAndHalted() throws Exception {
        final LostTailCheck.Result result = ask();
        assertThat(result.verdict()).isEqualTo(Verdict.LOST);
        assertThat(result.settledSequence()).isEqualTo(cursor());
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            requireHalts(run);
            assertThat(run.status().detail()).isEqualTo(result.detail());
        }
    }

    private void requireHalts(final SettlementRun run) throws Exception {
        final List<String> tables = tables();
        final List<String> cursor = database.rows(CURSOR);

        for (int i = 0; i < 3 && run.halts.isEmpty(); i++) {
            run.follower.step();
        }

        assertThat(run.halts).singleElement().isInstanceOfSatisfying(LostTailException.class, e -> {
            assertThat(e.settledSequence()).isEqualTo(cursor());
            assertThat(e.journalSequence()).isEqualTo(sample.log().endSequence());
        });
        assertThat(run.status().condition()).isEqualTo(Condition.STOPPED);
        assertThat(run.status().detail()).contains("" + cursor(), "does not hold that record", "--accept-lost-tail");
        assertThat(tables()).isEqualTo(tables);
        assertThat(database.rows(CURSOR)).isEqualTo(cursor);
    }

    @Test
    void shouldRefuseAndHaltWhenAnotherRecordBeginsInTheSamePlaceAtTheSameTime() throws Exception {
        replaceTail();
        final long[] found = new long[2];
        try (LogReader reader = sample.log().follow(cursorColumn("record_position"))) {
            reader.poll(
                    (position, sequence, timeMs, record) -> {
                        found[0] = sequence;
                        found[1] = timeMs;
                    },
                    1);
            assertThat(reader.position()).isEqualTo(cursorColumn("journal_position"));
        }
        assertThat(found).containsExactly(cursor(), cursorColumn("record_time_ms"));

        requireRefusedAndHalted();
    }

    @Test
    void shouldRefuseAndHaltWhenNoRecordBeginsInThePlace() throws Exception {
        loseTail();
        sell(500_000_005, 500_000_030).restart();
        assertThatThrownBy(() -> sample.log().follow(cursorColumn("record_position")))
                .isInstanceOf(NoSuchPositionException.class);

        requireRefusedAndHalted();
    }

    @Test
    void shouldRefuseAndHaltWhenTheJournalEndsBeforeThePlace() throws Exception {
        loseTail();
        sample.skipTo(cursor()).run("pay p4 h1 1 EUR");
        assertThatThrownBy(() -> sample.log().follow(cursorColumn("record_position")))
                .isInstanceOf(NoSuchPositionException.class);

        requireRefusedAndHalted();
    }

    @Test
    void shouldHaltWhenTheDatabaseComesBackLaterInTheLifeOfTheProcess() throws Exception {
        replaceTail();
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port())) {
            proxy.cut();
            try (SettlementRun run = SettlementRun.of(sample.log(), database.through(proxy.port()))) {
                run.stepToFailure();
                sell(511, 520);
                run.stepToFailure();

                proxy.heal();

                requireHalts(run);
            }
        }
    }

    @Test
    void shouldHaltWhenOnlyAPartOfTheLastRecordWasSettled() throws Exception {
        replaceTail();
        leaveCursorWithinRecord();

        requireRefusedAndHalted();
    }

    /** As after a batch of which a part was refused: in front of a record that was read. */
    private void leaveCursorWithinRecord() {
        database.execute("update holdfast.settlement_cursor"
                + " set journal_sequence = journal_sequence - 1, journal_position = record_position");
    }

    @Test
    void shouldGoOnWhenOnlyAPartOfTheLastRecordWasSettledAndNothingWasLost() throws Exception {
        sell(1, 4);
        SettlementRun.settle(sample.log(), database);
        leaveCursorWithinRecord();
        database.execute(
                "delete from holdfast.order_items",
                "delete from holdfast.orders where payment_id = 'p4'",
                "delete from holdfast.payments where payment_id = 'p4'");

        assertThat(ask().verdict()).isEqualTo(Verdict.FINE);
        SettlementRun.settle(sample.log(), database);

        assertThat(database.count("orders")).isEqualTo(4);
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    /** Payments of both histories bear the same sequences then. */
    @Test
    void shouldSettleAllThatTheJournalHoldsWhenTheLossIsAccepted() throws Exception {
        replaceTail();
        sample.run("pay again h505 4500 EUR", "pay unknown h999 1 EUR", "settle unknown");

        try (SettlementRun run = SettlementRun.acceptingLostTail(sample.log(), database)) {
            run.drain();

            assertThat(run.halts).isEmpty();
            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
            assertThat(run.figures().conflicts()).isZero();
        }
        assertThat(database.count("orders")).isEqualTo(16);
        assertThat(database.count("refunds")).isEqualTo(2);
        assertThat(database.count("settlement_quarantine")).isZero();
        assertThat(differences())
                .as("of the lost part")
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(305, 310)
                        .boxed()
                        .flatMap(i -> Stream.of("payments p" + i + " extra", "orders " + hold(i) + " extra"))
                        .toList());
        sample.restart();
        assertThat(ask().verdict()).isEqualTo(Verdict.FINE);
        SettlementRun.settle(sample.log(), database);
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldSayWhyNothingIsSettledWhenReconciledBeforeTheLossIsAccepted() throws Exception {
        replaceTail();
        sell(511, 520);
        final long settled = cursor();
        sample.close();

        final ReconcileReport report = reconcile(true);

        assertThat(report.repairs())
                .anyMatch(line -> line.startsWith("not repaired: ") && line.contains("does not hold that record"));
        assertThat(cursor()).isEqualTo(settled);
    }

    private ReconcileReport reconcile(final boolean isRepair) throws InterruptedException {
        final ReconcileConfig config = new ReconcileConfig(
                sample.data(), Optional.empty(), Optional.of(database.config()), Optional.empty(), isRepair, 100);
        return new Reconciler(config, count -> {}).run();
    }

    private List<String> differences() throws InterruptedException {
        return reconcile(false).differences().stream()
                .map(each -> each.kind() + " " + each.key() + " "
                        + (each.what().equals(Difference.EXTRA) ? "extra" : each.toString()))
                .toList();
    }

    @Test
    void shouldGoOnWithoutAMarkAndMakeOneWhenTheSchemaIsOfAnEarlierBuild() throws Exception {
        sell(1, 4);
        SettlementRun.settle(sample.log(), database);
        final String place = database.rows(
                        "select journal_sequence || ', ' || journal_position" + " from holdfast.settlement_cursor")
                .get(0);
        database.execute("drop schema holdfast cascade");
        final PostgresConfig config = database.config();
        Flyway.configure()
                .dataSource(config.url(), config.user(), config.password())
                .defaultSchema(Schema.NAME)
                .locations("classpath:io/holdfast/settlement/postgres/schema")
                .target("1")
                .load()
                .migrate();
        database.execute("insert into holdfast.settlement_cursor (journal_id, journal_sequence, journal_position,"
                + " writer, fence) values ('" + sample.log().id() + "', " + place + ", gen_random_uuid(), 1)");

        assertThat(ask().verdict()).isEqualTo(Verdict.FINE);
        assertThat(ask().settledSequence()).isEqualTo(cursor());
        SettlementRun.settle(sample.log(), database);
        assertThat(database.rows("select record_position from holdfast.settlement_cursor"))
                .containsExactly("null");
        sell(5, 6);
        SettlementRun.settle(sample.log(), database);

        assertThat(database.count("orders")).as("behind the cursor").isEqualTo(2);
        assertThat(cursorColumn("record_position")).isLessThan(cursorColumn("journal_position"));
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
        assertThat(ask().verdict()).isEqualTo(Verdict.FINE);
    }
}
