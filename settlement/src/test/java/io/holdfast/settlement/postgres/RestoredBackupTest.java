package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerStatus.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fault 52: a database that was put back to an old backup is driven forward again, whenever that happened. */
class RestoredBackupTest extends SettlementFixture {
    private static final List<String> TABLES = List.of(
            "payments",
            "orders",
            "order_items",
            "refunds",
            "settlement_cursor",
            "settlement_quarantine",
            "webhook_outbox");

    private void backUp() {
        database.execute("create schema backup");
        TABLES.forEach(
                table -> database.execute("create table backup." + table + " as select * from holdfast." + table));
    }

    private void restore() {
        TABLES.forEach(table -> database.execute(
                "delete from holdfast." + table,
                "insert into holdfast." + table + " overriding system value select * from backup." + table));
    }

    private void requireAllSettled() {
        assertThat(database.count("payments")).isEqualTo(20);
        assertThat(database.count("orders")).isEqualTo(20);
        assertThat(database.count("order_items")).isEqualTo(20);
        assertThat(database.count("webhook_outbox")).isEqualTo(20);
        assertThat(database.count("settlement_quarantine")).isZero();
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldBeDrivenForwardWhenRestoredBetweenTwoStarts() throws Exception {
        sell(1, 10);
        SettlementRun.settle(sample.log(), database);
        backUp();
        sell(11, 20);
        SettlementRun.settle(sample.log(), database);
        restore();

        SettlementRun.settle(sample.log(), database);

        requireAllSettled();
    }

    @Test
    void shouldBeDrivenForwardWhenRestoredToThisProcessUnderway() throws Exception {
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            sell(1, 10);
            run.drain();
            backUp();
            sell(11, 20);
            run.drain();
            restore();

            run.drain();

            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
        }
        requireAllSettled();
    }

    @Test
    void shouldBeDrivenForwardWhenRestoredToAnEarlierProcess() throws Exception {
        sell(1, 10);
        SettlementRun.settle(sample.log(), database);
        backUp();
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            sell(11, 15);
            run.drain();
            restore();
            sell(16, 20);

            run.drain();
        }
        requireAllSettled();
        assertThat(database.rows("select fence from holdfast.settlement_cursor"))
                .as("above that of the backup, and above its own before")
                .containsExactly("3");
    }

    @Test
    void shouldBeDrivenForwardWhenTheDatabaseWasReplacedByAnEmptyOne() throws Exception {
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            sell(1, 20);
            run.drain();
            TABLES.forEach(table -> database.execute("delete from holdfast." + table));

            run.drain();
        }
        requireAllSettled();
    }

    @Test
    void shouldBeMadeAgainWhenTheSchemaIsGone() throws Exception {
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            sell(1, 20);
            run.drain();
            database.execute("drop schema holdfast cascade");

            run.stepToFailure();
            run.drainThroughFailures();
        }
        requireAllSettled();
    }
}
