package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults 51 and 57: what is settled again adds nothing and tells nobody; what differs is an alarm, not an overwrite. */
class DuplicateSettlementTest extends SettlementFixture {
    @BeforeEach
    void settleAFew() throws Exception {
        sell(1, 3).run("place h6 berlin frank GA:1 key=k6").pass(400_000);
        sample.run("pay p4 h1 4500 EUR", "pay p5 h5 100 EUR", "settle p5");
        SettlementRun.settle(sample.log(), database);
    }

    /** The next start begins with the first record again. */
    private void forgetCursor() {
        database.execute("delete from holdfast.settlement_cursor");
    }

    private void settleAgain(final int conflicts) throws Exception {
        forgetCursor();
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();
            assertThat(run.figures().conflicts()).isEqualTo(conflicts);
            assertThat(run.figures().quarantineRows()).isEqualTo(conflicts);
        }
    }

    @Test
    void shouldAddNothingWhenAllIsSettledAgain() throws Exception {
        final List<String> before = tables();

        settleAgain(0);

        assertThat(tables()).isEqualTo(before).hasSize(5);
        assertThat(database.count("refunds")).isEqualTo(2);
        assertThat(database.count("settlement_quarantine")).isZero();
    }

    @Test
    void shouldTellTheOutsideNothingWhenAllIsSettledAgainAndTheOutboxWasEmptied() throws Exception {
        assertThat(database.count("webhook_outbox")).isEqualTo(6);
        database.execute("delete from holdfast.webhook_outbox");

        settleAgain(0);

        assertThat(database.count("webhook_outbox")).isZero();
    }

    @Test
    void shouldTellTheOutsideTheSameIdWhenAPaymentHadBeenLost() throws Exception {
        final List<String> before =
                database.rows("select message_id from holdfast.webhook_outbox where type = 'order.paid'"
                        + " and subject = '" + hold(2) + "'");
        database.execute(
                "delete from holdfast.payments where payment_id = 'p2'",
                "delete from holdfast.orders where payment_id = 'p2'",
                "delete from holdfast.order_items where order_id = '" + hold(2) + "'",
                "delete from holdfast.webhook_outbox");

        settleAgain(0);

        assertThat(database.rows("select message_id from holdfast.webhook_outbox"))
                .isEqualTo(before);
        assertThat(tables()).hasSize(5);
    }

    @Test
    void shouldRaiseAnAlarmAndLeaveTheRowWhenAPaymentDiffers() throws Exception {
        database.execute("update holdfast.payments set amount_minor = 1 where payment_id = 'p2'");

        settleAgain(1);

        assertThat(database.rows("select kind, subject from holdfast.settlement_quarantine"))
                .containsExactly("conflict payment p2");
        assertThat(database.rows("select detail from holdfast.settlement_quarantine")
                        .get(0))
                .contains("amountMinor=4500")
                .contains("amountMinor=1,");
        assertThat(database.rows("select amount_minor from holdfast.payments where payment_id = 'p2'"))
                .containsExactly("1");
    }

    @Test
    void shouldRaiseTheSameAlarmOnceOnly() throws Exception {
        database.execute("update holdfast.payments set amount_minor = 1 where payment_id = 'p2'");
        settleAgain(1);
        forgetCursor();

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.figures().conflicts()).isZero();
            assertThat(run.figures().quarantineRows()).isEqualTo(1);
        }
    }

    @Test
    void shouldRaiseAnAlarmWhenAnOrderOrItsItemsDiffer() throws Exception {
        database.execute(
                "update holdfast.orders set buyer = 'mallory' where payment_id = 'p1'",
                "update holdfast.order_items set quantity = 7 where order_id = '" + hold(2) + "'",
                "delete from holdfast.order_items where order_id = '" + hold(3) + "'");

        settleAgain(3);

        assertThat(database.rows("select kind, subject from holdfast.settlement_quarantine order by subject"))
                .containsExactly("conflict order " + hold(1), "conflict order " + hold(2), "conflict order " + hold(3));
        assertThat(database.rows("select buyer from holdfast.orders where payment_id = 'p1'"))
                .containsExactly("mallory");
    }

    @Test
    void shouldRaiseAnAlarmWhenARefundDiffers() throws Exception {
        database.execute("update holdfast.refunds set reason = 'sold-out' where payment_id = 'p4'");

        settleAgain(1);

        assertThat(database.rows("select kind, subject from holdfast.settlement_quarantine"))
                .containsExactly("conflict refund p4");
    }

    @Test
    void shouldNotMakeAnOrderOfAPaymentThatIsSettledAsARefund() throws Exception {
        database.execute(
                "update holdfast.payments set outcome = 'REFUND_DUE' where payment_id = 'p2'",
                "delete from holdfast.orders where payment_id = 'p2'",
                "delete from holdfast.order_items where order_id = '" + hold(2) + "'");

        settleAgain(1);

        assertThat(database.rows("select * from holdfast.orders where payment_id = 'p2'"))
                .isEmpty();
    }

    @Test
    void shouldNoteThatARefundWhichWasPaidBackIsNotKnownAsDue() throws Exception {
        database.execute("delete from holdfast.refunds where payment_id = 'p4'");
        sample.run("settle p4");

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.figures().quarantined()).isEqualTo(1);
        }
        assertThat(database.rows("select kind, subject from holdfast.settlement_quarantine"))
                .containsExactly("incomplete refund p4");
    }
}
