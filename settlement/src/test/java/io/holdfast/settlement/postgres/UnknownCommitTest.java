package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.ChaosProxy;
import io.holdfast.settlement.ChaosProxy.Direction;
import org.junit.jupiter.api.Test;

/** Faults 7 and 8: paid and not settled, or settled and nobody heard of it: one row, whatever is lost when. */
class UnknownCommitTest extends SettlementFixture {
    private void requireSettledOnce(final SettlementRun run) {
        run.drainThroughFailures();

        assertThat(database.count("payments")).isEqualTo(10);
        assertThat(database.count("orders")).isEqualTo(10);
        assertThat(database.count("order_items")).isEqualTo(10);
        assertThat(database.count("webhook_outbox")).isEqualTo(10);
        assertThat(database.count("settlement_quarantine")).isZero();
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldSettleOnceWhenTheAnswerToACommitIsLost() throws Exception {
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port());
                SettlementRun run = SettlementRun.of(sample.log(), database.through(proxy.port()))) {
            run.drain();
            sell(1, 10);
            proxy.cutAt(Direction.TO_CLIENT, "COMMIT");

            final Throwable failure = run.stepToFailure();

            assertThat(failure).hasMessageContaining("Postgres");
            assertThat(proxy.cuts()).isEqualTo(1);
            assertThat(database.count("payments")).as("committed").isEqualTo(10);
            requireSettledOnce(run);
            assertThat(run.figures().changes()).isEqualTo(10);
        }
    }

    @Test
    void shouldSettleOnceWhenTheConnectionIsLostBeforeTheCommit() throws Exception {
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port());
                SettlementRun run = SettlementRun.of(sample.log(), database.through(proxy.port()))) {
            run.drain();
            sell(1, 10);
            proxy.cutAt(Direction.TO_SERVER, "insert into holdfast.orders");

            run.stepToFailure();

            assertThat(proxy.cuts()).isEqualTo(1);
            assertThat(database.count("payments")).as("rolled back").isZero();
            requireSettledOnce(run);
        }
    }

    @Test
    void shouldSettleOnceWhenTheProcessEndsAfterACommitItDidNotHearOf() throws Exception {
        sell(1, 5);
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port());
                SettlementRun run = SettlementRun.of(sample.log(), database.through(proxy.port()))) {
            run.drain();
            sell(6, 10);
            proxy.cutAt(Direction.TO_CLIENT, "COMMIT");
            run.stepToFailure();
        }

        try (SettlementRun next = SettlementRun.of(sample.log(), database)) {
            requireSettledOnce(next);
        }
    }

    @Test
    void shouldSettleOnceWhenTheCursorIsTakenAndTheAnswerIsLost() throws Exception {
        sell(1, 10);
        SettlementRun.settle(sample.log(), database);
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port());
                SettlementRun run = SettlementRun.of(sample.log(), database.through(proxy.port()))) {
            proxy.cutAt(Direction.TO_SERVER, "select coalesce(max(journal_sequence)");
            run.stepToFailure();
            proxy.cutAt(Direction.TO_CLIENT, "COMMIT");

            requireSettledOnce(run);
            assertThat(run.halts).isEmpty();
        }
    }
}
