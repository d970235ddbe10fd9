package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerStatus.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fault 50: what the database refuses stands alone in the quarantine, the rest settles. */
class PoisonRowTest extends SettlementFixture {
    @BeforeEach
    void makeSchema() throws Exception {
        SettlementRun.settle(sample.log(), database);
    }

    @Test
    void shouldQuarantineOneAndSettleTheRestWhenTheDatabaseRefusesOneRow() throws Exception {
        database.execute("alter table holdfast.orders add constraint no_700 check (buyer <> 'buyer-700')");
        sell(1, 1_000);

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.figures().quarantined()).isEqualTo(1);
            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
        }
        assertThat(database.count("payments")).isEqualTo(999);
        assertThat(database.count("orders")).isEqualTo(999);
        assertThat(database.count("webhook_outbox")).isEqualTo(999);
        assertThat(database.rows("select kind, subject from holdfast.settlement_quarantine"))
                .containsExactly("poison payment p700");
        assertThat(database.rows("select detail from holdfast.settlement_quarantine")
                        .get(0))
                .contains("buyer-700")
                .contains("no_700");
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldQuarantineEachWhenSeveralAreRefusedByATrigger() throws Exception {
        database.execute(
                "create function holdfast.refuse() returns trigger language plpgsql as"
                        + " 'begin raise exception ''no %'', new.payment_id; end'",
                "create trigger refuse before insert on holdfast.payments for each row"
                        + " when (new.payment_id in ('p1', 'p2', 'p50', 'p99', 'p100')) execute function holdfast.refuse()");
        sell(1, 100);

        SettlementRun.settle(sample.log(), database);

        assertThat(database.count("payments")).isEqualTo(95);
        assertThat(database.rows("select subject from holdfast.settlement_quarantine order by journal_sequence"))
                .containsExactly("payment p1", "payment p2", "payment p50", "payment p99", "payment p100");
    }

    @Test
    void shouldCallItAConflictWhenAUniqueKeyIsTaken() throws Exception {
        database.execute("insert into holdfast.orders values ('" + hold(999)
                + "', 'berlin', 'mallory', 'p2', 1, 'EUR', now(), 999999, false)");
        sell(1, 3);

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.figures().conflicts()).isEqualTo(1);
        }
        assertThat(database.rows("select kind, subject from holdfast.settlement_quarantine"))
                .containsExactly("conflict payment p2");
        assertThat(database.count("orders")).isEqualTo(3);
    }

    @Test
    void shouldStopAndNotQuarantineAllWhenTheDatabaseRefusesEverything() throws Exception {
        database.execute("alter table holdfast.payments add column note text not null");
        sell(1, 500);

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            for (int i = 0; i < 20 && run.status().condition() != Condition.STOPPED; i++) {
                run.follower.step();
            }

            assertThat(run.status().condition()).isEqualTo(Condition.STOPPED);
            assertThat(run.status().detail()).contains("refuses everything").contains("note");
            assertThat(run.figures().quarantined()).isLessThanOrEqualTo(100);
            database.execute("alter table holdfast.payments drop column note");
            run.drain();
            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
        }
        assertThat(database.count("payments")).isGreaterThanOrEqualTo(400);
        assertThat(database.count("payments") + database.count("settlement_quarantine"))
                .isEqualTo(500);
    }

    @Test
    void shouldNotBlameARowWhenARightIsMissing() throws Exception {
        sell(1, 3);
        database.execute("alter table holdfast.orders rename to hidden");

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            assertThat(run.stepToFailure()).hasMessageContaining("42P01");

            assertThat(run.status().condition()).isEqualTo(Condition.AWAY);
            database.execute("alter table holdfast.hidden rename to orders");
            run.drainThroughFailures();
        }
        assertThat(database.count("orders")).isEqualTo(3);
        assertThat(database.count("settlement_quarantine")).isZero();
    }
}
