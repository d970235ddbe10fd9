package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.SampleLog;
import io.holdfast.settlement.postgres.LostTailCheck.Verdict;
import io.holdfast.settlement.reconcile.ReconcileConfig;
import io.holdfast.settlement.reconcile.ReconcileReport;
import io.holdfast.settlement.reconcile.Reconciler;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Once a lost tail is accepted, rows of the lost history stand beside those of the one that took their sequences. */
@Tag("slow")
class AcceptedLossTest extends SettlementFixture {
    private static final String SEQUENCES = "select journal_sequence from holdfast.orders where payment_id = '%s'";

    @TempDir
    private Path lost;

    @TempDir
    private Path grown;

    @TempDir
    private Path grownAgain;

    private long begin;

    /** Payments 1 to 4 are in the log. Settled are 305 and 306 too, and a refund that is due, all of which is lost. */
    @BeforeEach
    void loseTail() throws Exception {
        sell(1, 4).copyTo(lost).copyTo(grown).copyTo(grownAgain);
        reopen(lost);
        begin = sample.log().endSequence();
        sell(305, 306).run("pay old h305 4500 EUR");
        SettlementRun.settle(sample.log(), database);
        reopen(grown);
    }

    private void reopen(final Path directory) {
        sample.close();
        sample = SampleLog.open(directory);
    }

    /** Sells in the place of what was lost, and then there is a new process. */
    private void replaceTail() {
        sell(505, 506).run("pay new h505 4500 EUR", "place h507 berlin karl GA:1 key=k507", "pay p507 h507 4500 EUR");
        sample.restart();
    }

    private void settleAccepting() throws Exception {
        try (SettlementRun run = SettlementRun.acceptingLostTail(sample.log(), database)) {
            run.drain();

            assertThat(run.halts).isEmpty();
            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
        }
    }

    private List<String> sequences(final String payment) {
        return database.rows(SEQUENCES.formatted(payment));
    }

    private List<String> quarantined() {
        return database.rows("select kind, subject from holdfast.settlement_quarantine order by id");
    }

    /** Of orders and refunds, all but the sequence. */
    private List<String> amounts() {
        return database.rows("select 'order', order_id::text, payment_id, amount_minor, paid_at::text"
                + " from holdfast.orders where payment_id ~ '^p[1-4]$|^p30' union all"
                + " select 'refund', hold_id::text, payment_id, amount_minor, noted_at::text"
                + " from holdfast.refunds where payment_id = 'old' order by 3");
    }

    private void requireBothHistories() {
        assertThat(sequences("p305")).containsExactly("" + -(begin + 2));
        assertThat(sequences("p505")).containsExactly("" + (begin + 2));
        assertThat(sequences("p306")).containsExactly("" + -(begin + 4));
        assertThat(sequences("p506")).containsExactly("" + (begin + 4));
        assertThat(database.rows("select payment_id, journal_sequence from holdfast.refunds order by 1"))
                .containsExactly("new " + (begin + 5), "old " + -(begin + 5));
        assertThat(database.rows("select count(*) from holdfast.orders where journal_sequence > 0"))
                .containsExactly("7");
        assertThat(database.count("order_items")).isEqualTo(9);
        assertThat(quarantined()).isEmpty();
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldKeepRowsOfBothHistoriesWhenTheLossIsAccepted() throws Exception {
        final List<String> before = amounts();
        replaceTail();

        settleAccepting();

        requireBothHistories();
        assertThat(amounts()).isEqualTo(before).hasSize(7);
    }

    @Test
    void shouldMoveNothingAgainWhenAllIsSettledOnceMore() throws Exception {
        replaceTail();
        settleAccepting();

        settleAccepting();

        requireBothHistories();
    }

    @Test
    void shouldKeepRowsOfThreeHistoriesWhenASecondTailIsLost() throws Exception {
        replaceTail();
        settleAccepting();
        reopen(grownAgain);
        sell(705, 706).run("pay newer h705 4500 EUR");
        sample.restart();

        settleAccepting();

        final long second = begin + 2;
        assertThat(sequences("p305")).containsExactly("" + -second);
        assertThat(sequences("p505")).containsExactly("" + (-second - 1_000_000_000_000_000L));
        assertThat(sequences("p705")).containsExactly("" + second);
        assertThat(database.count("refunds")).isEqualTo(3);
        assertThat(quarantined()).isEmpty();
    }

    /** The operator accepts once: a process that ended early is followed by one without the flag. */
    @Test
    void shouldGoOnMakingRoomWhenTheProcessThatAcceptedEndedEarly() throws Exception {
        replaceTail();
        try (SettlementRun run = SettlementRun.acceptingLostTail(sample.log(), database)) {
            run.follower.step();
            assertThat(cursor()).isZero();
        }

        SettlementRun.settle(sample.log(), database);

        requireBothHistories();
    }

    @Test
    void shouldMoveNothingWhenTheLossIsNotAccepted() throws Exception {
        replaceTail();
        final List<String> before = tables();

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.halts).isNotEmpty();
        }

        assertThat(tables()).isEqualTo(before);
        assertThat(quarantined()).isEmpty();
    }

    /** A row that somebody put there is no lost history's, also when one was accepted long ago. */
    @Test
    void shouldNotMoveAForgedRowWhenTheAcceptedLossIsPassed() throws Exception {
        replaceTail();
        settleAccepting();
        final long next = sample.log().endSequence() + 2;
        database.execute("insert into holdfast.orders select gen_random_uuid(), drop_id, buyer, 'forged', amount_minor,"
                + " currency, paid_at, " + next + ", reacquired from holdfast.orders where payment_id = 'p1'");

        sell(508, 509);
        SettlementRun.settle(sample.log(), database);

        assertThat(sequences("forged")).containsExactly("" + next);
        assertThat(sequences("p509")).isNotEmpty();
        assertThat(quarantined()).containsExactly("conflict payment p508");
    }

    /** One row that somebody put there, known to the quarantine: no reason to halt a sale, on whichever road it is met again. */
    @Test
    void shouldNotTakeAConflictThatIsInTheQuarantineForALossWhenSettledAgainByWayOfTheSnapshot() throws Exception {
        replaceTail();
        settleAccepting();
        final long next = sample.log().endSequence() + 2;
        database.execute("insert into holdfast.orders select gen_random_uuid(), drop_id, buyer, 'forged', amount_minor,"
                + " currency, paid_at, " + next + ", reacquired from holdfast.orders where payment_id = 'p1'");
        sell(508, 509);
        SettlementRun.settle(sample.log(), database);
        assertThat(quarantined()).containsExactly("conflict payment p508");
        trim();

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.halts).isEmpty();
            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
        }

        assertThat(quarantined()).containsExactly("conflict payment p508");
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
        assertThat(ask()).isEqualTo(Verdict.FINE);
    }

    /** The provider tells of a payment again, and the hold was lost with the tail. */
    @Test
    void shouldNoteAConflictWhenAPaymentOfTheLostHistoryComesAgain() throws Exception {
        final List<String> before = amounts();
        sample.run("pay p305 h305 4500 EUR", "settle p305");
        replaceTail();

        settleAccepting();

        assertThat(quarantined()).containsExactlyInAnyOrder("conflict payment p305", "incomplete refund p305");
        assertThat(amounts()).isEqualTo(before);
        assertThat(database.rows("select count(*) from holdfast.orders where payment_id in ('p505', 'p506', 'p507')"))
                .containsExactly("3");
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    /** The buyer's client may keep the hold's id, and pay for it once more. */
    @Test
    void shouldNoteAConflictWhenAnOrderOfTheLostHistoryComesAgain() throws Exception {
        final List<String> before = amounts();
        sell(501, 502);
        sell(305, 305).run("place h306 berlin karl GA:1 key=k", "pay other h306 4500 EUR");
        replaceTail();

        settleAccepting();

        assertThat(quarantined()).containsExactlyInAnyOrder("conflict payment p305", "conflict order " + hold(306));
        assertThat(amounts()).isEqualTo(before);
        assertThat(database.rows("select count(*) from holdfast.orders where payment_id ~ '^p50'"))
                .containsExactly("5");
        final ReconcileReport repaired = reconcile(true);
        assertThat(amounts()).isEqualTo(before);
        assertThat(repaired.differences())
                .extracting(Object::toString)
                .anyMatch(each -> each.startsWith("orders " + hold(306) + ": missing in Postgres")
                        && each.contains(
                                "a row of sequence " + -(begin + 4) + " of a history that was lost bears its key"));
    }

    private void trim() {
        for (int i = 0; i < 4_000; i++) {
            sample.add(Command.of("place h" + (10_000 + i) + " berlin filler GA:1 key=f" + i))
                    .add(Command.of("release h" + (10_000 + i)));
        }
        sample.snapshot();
        assertThat(sample.trim(sample.log().newestSnapshot().orElseThrow().position()))
                .isPositive();
    }

    @Test
    void shouldKeepRowsOfBothHistoriesWhenTheLossIsAcceptedByWayOfTheSnapshot() throws Exception {
        replaceTail();
        trim();

        settleAccepting();

        requireBothHistories();
        final ReconcileReport report = reconcile(false);
        assertThat(report.differences())
                .extracting(Object::toString)
                .anyMatch(each -> each.startsWith("orders " + hold(305) + ": in Postgres only (")
                        && each.contains("of a history that was lost"))
                .anyMatch(each -> each.startsWith("refunds old: in Postgres only ("));
    }

    /** The mark was trimmed; but a sequence that was settled before is another order's. */
    @Test
    void shouldHaltUntilAcceptedWhenTheSnapshotContradictsWhatWasSettled() throws Exception {
        replaceTail();
        trim();
        assertThat(ask()).isEqualTo(Verdict.FINE);
        final long settled = cursor();

        for (int i = 0; i < 2; i++) {
            try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
                run.drain();

                assertThat(run.halts)
                        .isNotEmpty()
                        .allSatisfy(e -> assertThat(e)
                                .isInstanceOf(LostTailException.class)
                                .hasMessageContainingAll("" + settled, "--accept-lost-tail"));
                assertThat(run.status().condition()).isEqualTo(Condition.STOPPED);
            }
            assertThat(ask()).isEqualTo(Verdict.LOST);
        }
        assertThat(cursor()).isEqualTo(settled);
        assertThat(sequences("p305")).containsExactly("" + (begin + 2));
        assertThat(quarantined()).isEmpty();

        settleAccepting();
        requireBothHistories();
        assertThat(ask()).isEqualTo(Verdict.FINE);
    }

    private Verdict ask() {
        return LostTailCheck.ask(database.config(), sample.log()).verdict();
    }

    @Test
    void shouldNameTheLostRowsAndLeaveThemWhenReconciled() throws Exception {
        replaceTail();
        settleAccepting();
        final List<String> before = tables();

        final ReconcileReport repaired = reconcile(true);

        assertThat(repaired.differences())
                .extracting(Object::toString)
                .hasSize(6)
                .allMatch(each -> each.contains("in Postgres only"))
                .filteredOn(each -> each.contains("of a history that was lost"))
                .hasSize(3);
        assertThat(tables()).isEqualTo(before);
        requireBothHistories();
    }

    private ReconcileReport reconcile(final boolean isRepair) throws InterruptedException {
        final ReconcileConfig config = new ReconcileConfig(
                sample.data(), Optional.empty(), Optional.of(database.config()), Optional.empty(), isRepair, 100);
        return new Reconciler(config, count -> {}).run();
    }
}
