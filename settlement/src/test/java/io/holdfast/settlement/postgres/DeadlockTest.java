package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Fault 49: the victim of a deadlock does its whole batch again. */
class DeadlockTest extends SettlementFixture {
    @Test
    void shouldSettleTheWholeBatchAgainWhenItWasTheVictim() throws Exception {
        try (SettlementRun run = SettlementRun.of(sample.log(), database);
                Connection rival = database.connect();
                Statement statement = rival.createStatement()) {
            run.drain();
            sell(1, 10);
            rival.setAutoCommit(false);
            statement.execute("set deadlock_timeout = '60s'"); // the other one is to find it, and to be the victim
            statement.execute("insert into holdfast.payments values ('p5', '" + hold(5) + "', 'PAID', 1, 'EUR', 1)");

            final CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> {
                try {
                    run.drain();
                } catch (final Exception e) {
                    throw new AssertionError(e);
                }
            });
            Awaitility.await()
                    .until(() -> database.rows("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                    + " and query like 'insert into holdfast.payments%'")
                            .equals(List.of("1")));
            statement.execute("update holdfast.settlement_cursor set updated_at = now()");
            rival.rollback();
            settled.get(30, TimeUnit.SECONDS);

            assertThat(run.figures().retries()).isPositive();
            assertThat(run.figures().batches()).as("not in pieces").isEqualTo(1);
            assertThat(run.figures().lastBatchChanges()).isEqualTo(10);
        }
        assertThat(database.count("payments")).isEqualTo(10);
        assertThat(database.count("orders")).isEqualTo(10);
        assertThat(database.count("settlement_quarantine")).isZero();
    }
}
