package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A payment id that comes again after the core has forgotten it: an alarm, and whatever had it first is settled whole. */
class ReusedPaymentIdTest extends SettlementFixture {
    private static final long FORGOTTEN_MS = Duration.ofDays(36).toMillis();

    @Test
    void shouldSettleTheFirstOrderWhenBothAreReadAtOnce() throws Exception {
        sample.run("place h1 berlin alice GA:1 key=k1", "pay p1 h1 4500 EUR")
                .pass(FORGOTTEN_MS)
                .run("pay p2 h99 1 EUR", "place h2 berlin bob GA:1 key=k2", "pay p1 h2 4500 EUR");

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.figures().conflicts()).isEqualTo(1);
        }
        assertThat(database.rows("select order_id, buyer from holdfast.orders")).containsExactly(hold(1) + " alice");
        assertThat(database.rows("select sku from holdfast.order_items")).containsExactly("GA");
        assertThat(database.rows("select payment_id from holdfast.refunds")).containsExactly("p2");
        assertThat(database.rows("select subject from holdfast.webhook_outbox where type = 'order.paid'"))
                .containsExactly(hold(1).toString());
    }

    @Test
    void shouldSettleTheFirstRefundWhenBothAreReadAtOnce() throws Exception {
        sample.run("pay p1 h98 4500 EUR", "settle p1")
                .pass(FORGOTTEN_MS)
                .run("pay p2 h99 1 EUR", "place h2 berlin bob GA:1 key=k2", "pay p1 h2 4500 EUR");

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.figures().conflicts()).isEqualTo(1);
        }
        assertThat(database.rows("select payment_id, status from holdfast.refunds"))
                .containsExactlyInAnyOrder("p1 SETTLED", "p2 DUE");
        assertThat(database.count("orders")).isZero();
    }
}
