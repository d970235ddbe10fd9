package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.SampleLog;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal says is in the tables, once, in the words of the contract. */
class SettlementTest {
    @TempDir
    private Path data;

    private SampleLog sample;
    private final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void createLog() {
        sample = SampleLog.create(data)
                .run("create berlin GA=5@4500 VIP=2@9000 EUR hold=300", "place h1 berlin alice GA:2,VIP:1 key=k1");
    }

    @AfterEach
    void closeLog() {
        sample.close();
    }

    private static UUID hold(final long number) {
        return SampleLog.hold(number);
    }

    @Test
    void shouldSettlePaymentAndOrderWhenHoldIsPaid() throws Exception {
        sample.pass(1_234).run("pay p1 h1 18000 EUR");
        final long sequence = sample.log().endSequence();

        SettlementRun.settle(sample.log(), database);

        assertThat(database.rows("select * from holdfast.payments"))
                .containsExactly("p1 " + hold(1) + " PAID 18000 EUR " + sequence);
        assertThat(database.rows("select order_id, drop_id, buyer, payment_id, amount_minor, currency,"
                        + " paid_at at time zone 'UTC', journal_sequence, reacquired from holdfast.orders"))
                .containsExactly(hold(1) + " berlin alice p1 18000 EUR 2096-10-02 07:06:41.234 " + sequence + " f");
        assertThat(database.rows("select * from holdfast.order_items order by sku"))
                .containsExactly(hold(1) + " GA 2 4500", hold(1) + " VIP 1 9000");
        assertThat(database.count("refunds")).isZero();
    }

    @Test
    void shouldSettleNoPricePerUnitWhenDropHasNone() throws Exception {
        sample.run("create free GA=5", "place h2 free bob GA:1 key=k2", "pay p2 h2 1 USD");

        SettlementRun.settle(sample.log(), database);

        assertThat(database.rows("select * from holdfast.order_items")).containsExactly(hold(2) + " GA 1 null");
        assertThat(database.rows("select currency from holdfast.orders")).containsExactly("USD");
    }

    @Test
    void shouldSettleRefundWhenPaymentBuysNothing() throws Exception {
        sample.run("pay p1 h1 18000 EUR", "pay p2 h1 18000 EUR");
        final long sequence = sample.log().endSequence();

        SettlementRun.settle(sample.log(), database);

        assertThat(database.rows("select * from holdfast.payments order by payment_id"))
                .hasSize(2)
                .last()
                .isEqualTo("p2 " + hold(1) + " REFUND_DUE 18000 EUR " + sequence);
        assertThat(database.rows("select payment_id, hold_id, amount_minor, currency, reason,"
                        + " noted_at at time zone 'UTC', journal_sequence, status from holdfast.refunds"))
                .containsExactly("p2 " + hold(1) + " 18000 EUR already-paid 2096-10-02 07:06:40 " + sequence + " DUE");
    }

    @Test
    void shouldMarkRefundWhenItWasPaidBackInTheSameBatchOrALaterOne() throws Exception {
        sample.run("pay p1 h9 100 EUR", "settle p1", "pay p2 h9 100 EUR");
        SettlementRun.settle(sample.log(), database);
        sample.run("settle p2");

        SettlementRun.settle(sample.log(), database);

        assertThat(database.rows("select payment_id, reason, status from holdfast.refunds order by payment_id"))
                .containsExactly("p1 hold-unknown SETTLED", "p2 hold-unknown SETTLED");
        assertThat(database.count("settlement_quarantine")).isZero();
    }

    @Test
    void shouldSettleReacquiredOrderWhenPaymentIsLate() throws Exception {
        sample.pass(400_000).run("pay p1 h1 18000 EUR");

        SettlementRun.settle(sample.log(), database);

        assertThat(database.rows("select reacquired from holdfast.orders")).containsExactly("t");
    }

    @Test
    void shouldMoveTheCursorToTheEndWhenNothingIsToBeWritten() throws Exception {
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();
            sample.run("place h2 berlin bob GA:1 key=k2", "release h2");
            run.drain();

            assertThat(database.rows("select journal_id, journal_sequence from holdfast.settlement_cursor"))
                    .containsExactly(sample.log().id() + " " + sample.log().endSequence());
            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
            assertThat(run.status().sequence()).isEqualTo(sample.log().endSequence());
            assertThat(run.status().timeMs()).isEqualTo(sample.driver().timeMs());
            assertThat(run.figures().batches()).isZero();
        }
    }

    @Test
    void shouldPutWebhooksIntoTheOutboxInTheOrderOfEvents() throws Exception {
        sample.run("place h2 berlin bob GA:1 key=k2", "pay p1 h1 18000 EUR", "pay p2 h1 18000 EUR")
                .pass(400_000)
                .run("place h3 berlin carol GA:3 key=k3", "place h4 berlin dora VIP:1 key=k4")
                .run("pay p3 h3 13500 EUR", "pay p4 h4 9000 EUR");

        SettlementRun.settle(sample.log(), database);

        assertThat(database.rows("select type, subject from holdfast.webhook_outbox order by id"))
                .containsExactly(
                        "order.paid " + hold(1),
                        "refund.due " + hold(1),
                        "hold.expired " + hold(2),
                        "order.paid " + hold(3),
                        "order.paid " + hold(4),
                        "drop.sold-out berlin");
        assertThat(database.rows("select body, status from holdfast.webhook_outbox where subject = '" + hold(2) + "'"))
                .containsExactly("{\"type\":\"hold.expired\",\"timestamp\":\"2096-10-02T07:13:20.000Z\","
                        + "\"data\":{\"hold\":\"" + hold(2) + "\"}} PENDING");
        assertThat(database.rows("select message_id from holdfast.webhook_outbox"))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("msg_[0-9a-f]{32}"));
    }

    @Test
    void shouldPutNothingIntoTheOutboxWhenThereAreNoWebhooks() throws Exception {
        sample.run("pay p1 h1 18000 EUR", "pay p2 h1 18000 EUR").pass(400_000);

        try (SettlementRun run = SettlementRun.withoutWebhooks(sample.log(), database)) {
            run.drain();
        }

        assertThat(database.count("payments")).isEqualTo(2);
        assertThat(database.count("webhook_outbox")).isZero();
    }

    @Test
    void shouldGoOnWhereItWasWhenItStartsAgain() throws Exception {
        sample.run("pay p1 h1 18000 EUR");
        SettlementRun.settle(sample.log(), database);
        sample.restart().run("place h2 berlin bob GA:1 key=k2", "pay p2 h2 4500 EUR");

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.figures().changes()).isEqualTo(1);
        }
        assertThat(database.count("orders")).isEqualTo(2);
        assertThat(database.rows("select fence from holdfast.settlement_cursor"))
                .containsExactly("2");
    }
}
