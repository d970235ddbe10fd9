package io.holdfast.settlement.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.log.JournalHistory;
import io.holdfast.settlement.log.SampleLog;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where settlement stands in the journal: what it has not come to is not lost, and a place that cannot be is named. */
class SettlementPlaceTest extends SettledFixture {
    @Test
    void shouldSayNotSettledYetWhenNobodySettles() throws Exception {
        sample.run("place h4 berlin dave GA:1 key=k4", "pay p6 h4 4500 EUR", "settle p3");

        final ReconcileReport report = reconcile(false);

        assertThat(words(report))
                .containsExactlyInAnyOrder(
                        "payments p6: missing in Postgres"
                                + " (paid 4500 EUR at sequence 13, not settled yet: settlement stands at sequence 11)",
                        "orders " + SampleLog.hold(4) + ": missing in Postgres"
                                + " (paid 4500 EUR at sequence 13, not settled yet: settlement stands at sequence 11)",
                        "refunds p3: status is DUE in Postgres, the journal says SETTLED");
        assertThat(report.lag()).isEqualTo(3);
    }

    @Test
    void shouldLeaveToTheServerWhatIsNotSettledYetWhenOneRuns() throws Exception {
        sample.run("place h4 berlin dave GA:1 key=k4", "pay p6 h4 4500 EUR");

        final ReconcileReport repaired = reconcile(true);

        assertThat(repaired.differenceCount()).isEqualTo(2);
        assertThat(repaired.repairs())
                .containsExactly(
                        "not repaired: what is not settled yet: a server has the data directory, and settles it once it can");
    }

    @Test
    void shouldSettleWhatIsNotSettledYetWhenNoServerRuns() throws Exception {
        sample.run("place h4 berlin dave GA:1 key=k4", "pay p6 h4 4500 EUR", "settle p3");
        sample.close();

        final ReconcileReport repaired = reconcile(true);

        assertThat(words(repaired)).isEmpty();
        assertThat(repaired.repairs()).anyMatch(line -> line.startsWith("repaired settlement: settled up to sequence"));
    }

    @Test
    void shouldFindNothingWhenOnlyRecordsWithoutMoneyAreAhead() throws Exception {
        sample.run("place h4 berlin dave GA:1 key=k4", "release h4");

        final ReconcileReport report = reconcile(false);

        assertThat(words(report)).isEmpty();
        assertThat(report.lag()).isEqualTo(2);
    }

    @Test
    void shouldSayItPlainlyWhenPostgresFollowsAnotherJournal() throws Exception {
        final UUID other = UUID.fromString("00000000-0000-0000-0000-000000000007");
        postgres.cursor(other, 11);

        final ReconcileReport report = reconcile(true);

        assertThat(words(report))
                .containsExactly("settlement_cursor journal_id: journal id is " + other
                        + " in Postgres, the journal says " + sample.log().id() + "; nothing else was compared");
        assertThat(report.repairCount()).isZero();
    }

    @Test
    void shouldSayItWhenSettlementHasSeenMoreThanTheJournalHolds() throws Exception {
        postgres.cursor(sample.log().id(), 99);

        assertThat(words(reconcile(false)))
                .containsExactly("settlement_cursor journal_sequence: sequence is 99 in Postgres, the journal says"
                        + " that it ends at 11: it has lost its tail, or this is an older copy");
    }

    @Test
    void shouldNotTakeARefundBackThatIsSettledAheadOfTheCursor() throws Exception {
        postgres.cursor(sample.log().id(), 9); // as while all is settled again: the rows are there, the cursor is not
        final JournalHistory history = JournalHistory.of(data, Optional.empty());
        final Findings findings = new Findings(100);
        final RepairLog repairs = new RepairLog(100);

        try (PostgresSession session = PostgresSession.open(postgres.config());
                PostgresRepair repair = new PostgresRepair(PostgresSession.open(postgres.config()), repairs)) {
            new PostgresComparison(history, session, findings, count -> {})
                    .run(sample.log().endSequence(), true, Optional.of(repair));
        }

        assertThat(findings.differenceCount()).isZero();
        assertThat(repairs.shown()).isEmpty();
    }
}
