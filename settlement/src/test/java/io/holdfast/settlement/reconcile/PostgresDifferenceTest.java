package io.holdfast.settlement.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.settlement.postgres.PostgresConfig;
import java.sql.ResultSet;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of difference in every table is found, named, counted once, and repaired where that can be. */
@Tag("slow")
class PostgresDifferenceTest extends SettledFixture {
    private static String holds(final String text) {
        return text.replace("H1", H1).replace("H2", H2).replace("H3", H3);
    }

    private void reconcile(final PostgresConfig config) throws InterruptedException {
        new Reconciler(
                        new ReconcileConfig(data, Optional.empty(), Optional.of(config), Optional.empty(), false, 9),
                        count -> {})
                .run();
    }

    @Test
    void shouldFindNothingWhenAllIsSettled() throws Exception {
        final ReconcileReport report = reconcile(false);

        assertThat(words(report)).isEmpty();
        assertThat(report.isSame()).isTrue();
        assertThat(report.compared())
                .containsEntry("payments", 5L)
                .containsEntry("orders", 3L)
                .containsEntry("refunds", 2L);
        assertThat(report.lag()).isZero();
        assertThat(report.unchecked()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete from payments where payment_id = 'p1' |"
                        + "payments p1: missing in Postgres (paid 18000 EUR at sequence 6)",
                "update payments set amount_minor = 1 where payment_id = 'p4' |"
                        + "payments p4: amount_minor is 1 in Postgres, the journal says 4500",
                "update payments set currency = 'USD' where payment_id = 'p4' |"
                        + "payments p4: currency is USD in Postgres, the journal says EUR",
                "update payments set outcome = 'REFUND_DUE' where payment_id = 'p4' |"
                        + "payments p4: outcome is REFUND_DUE in Postgres, the journal says PAID",
                "update payments set hold_id = '00000000-0000-0000-0000-000000000001' where payment_id = 'p3' |"
                        + "payments p3: hold_id is 00000000-0000-0000-0000-000000000001 in Postgres, the journal says H2",
                "update payments set journal_sequence = 3 where payment_id = 'p4' |"
                        + "payments p4: journal_sequence is 3 in Postgres, the journal says 9",
                "update payments set journal_sequence = 10 where payment_id = 'p1' |"
                        + "payments p1: journal_sequence is 10 in Postgres, the journal says 6",
                "update payments set journal_sequence = 900 where payment_id = 'p1' |"
                        + "payments p1: journal_sequence is 900 in Postgres, the journal says 6",
                "update payments set journal_sequence = 11 where payment_id = 'p1' |"
                        + "payments p1: journal_sequence is 11 in Postgres, the journal says 6",
                "update orders set drop_id = 'x' where order_id = 'H1' |"
                        + "orders H1: drop_id is x in Postgres, the journal says berlin",
                "update orders set buyer = 'x' where order_id = 'H1' |"
                        + "orders H1: buyer is x in Postgres, the journal says alice",
                "update orders set payment_id = 'x' where order_id = 'H1' |"
                        + "orders H1: payment_id is x in Postgres, the journal says p1",
                "update orders set amount_minor = 1 where order_id = 'H1' |"
                        + "orders H1: amount_minor is 1 in Postgres, the journal says 18000",
                "update orders set currency = 'CHF' where order_id = 'H1' |"
                        + "orders H1: currency is CHF in Postgres, the journal says EUR",
                "update orders set paid_at = paid_at + interval '1 second' where order_id = 'H1' |"
                        + "orders H1: paid_at is 2096-10-02T07:06:41.000Z in Postgres,"
                        + " the journal says 2096-10-02T07:06:40.000Z",
                "update orders set journal_sequence = 7 where order_id = 'H1' |"
                        + "orders H1: journal_sequence is 7 in Postgres, the journal says 6",
                "update orders set reacquired = true where order_id = 'H1' |"
                        + "orders H1: reacquired is true in Postgres, the journal says false",
                "update order_items set quantity = 5 where order_id = 'H1' and sku = 'GA' |"
                        + "order_items H1: items is GA x 5 at 4500, VIP x 1 at 9000 in Postgres,"
                        + " the journal says GA x 2 at 4500, VIP x 1 at 9000",
                "update order_items set price_minor = null where order_id = 'H1' and sku = 'GA' |"
                        + "order_items H1: items is GA x 2, VIP x 1 at 9000 in Postgres,"
                        + " the journal says GA x 2 at 4500, VIP x 1 at 9000",
                "delete from order_items where order_id = 'H2' |"
                        + "order_items H2: items is none in Postgres, the journal says GA x 1 at 4500",
                "delete from refunds where payment_id = 'p3' |"
                        + "refunds p3: missing in Postgres (refund due of 4400 EUR at sequence 8)",
                "update refunds set amount_minor = 1 where payment_id = 'p3' |"
                        + "refunds p3: amount_minor is 1 in Postgres, the journal says 4400",
                "update refunds set currency = 'USD' where payment_id = 'p3' |"
                        + "refunds p3: currency is USD in Postgres, the journal says EUR",
                "update refunds set reason = 'sold-out' where payment_id = 'p3' |"
                        + "refunds p3: reason is sold-out in Postgres, the journal says amount-mismatch",
                "update refunds set hold_id = 'H3' where payment_id = 'p3' |"
                        + "refunds p3: hold_id is H3 in Postgres, the journal says H2",
                "update refunds set status = 'SETTLED' where payment_id = 'p3' |"
                        + "refunds p3: status is SETTLED in Postgres, the journal says DUE",
                "update refunds set status = 'DUE' where payment_id = 'p2' |"
                        + "refunds p2: status is DUE in Postgres, the journal says SETTLED",
                "update refunds set journal_sequence = 99 where payment_id = 'p2' |"
                        + "refunds p2: journal_sequence is 99 in Postgres, the journal says 7",
            })
    void shouldNameTheDifferenceAndRepairIt(final String change, final String expected) throws Exception {
        postgres.run(holds(change));

        final ReconcileReport report = reconcile(false);
        final ReconcileReport repaired = reconcile(true);

        assertThat(words(report)).containsExactly(holds(expected));
        assertThat(report.differenceCount()).isEqualTo(1);
        assertThat(words(repaired)).isEmpty();
        assertThat(repaired.repairCount()).isEqualTo(1);
        assertThat(reconcile(false).isSame()).isTrue();
    }

    @Test
    void shouldNameAndRepairWhenAnOrderIsMissingWithItsItems() throws Exception {
        postgres.run(
                "delete from orders where order_id = '" + H1 + "'",
                "delete from order_items where order_id = '" + H1 + "'");

        final ReconcileReport report = reconcile(false);
        final ReconcileReport repaired = reconcile(true);

        assertThat(words(report))
                .containsExactly("orders " + H1 + ": missing in Postgres (paid 18000 EUR at sequence 6)");
        assertThat(repaired.isSame()).isTrue();
        assertThat(repaired.repairs())
                .containsExactly("repaired orders " + H1 + ": missing -> paid 18000 EUR at sequence 6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into payments values ('forged', 'H1', 'PAID', 1, 'EUR', 8) |"
                        + "payments forged: in Postgres only (hold_id H1, outcome PAID, amount_minor 1, currency EUR,"
                        + " journal_sequence 8)",
                "insert into payments values ('late', 'H1', 'PAID', 1, 'EUR', 800) |"
                        + "payments late: in Postgres only (hold_id H1, outcome PAID, amount_minor 1, currency EUR,"
                        + " journal_sequence 800)",
                "insert into orders values ('00000000-0000-0000-0000-000000000001', 'berlin', 'eve', 'free', 0, 'EUR',"
                        + " '2096-10-02T07:06:40Z', 4, false) |"
                        + "orders 00000000-0000-0000-0000-000000000001: in Postgres only (drop_id berlin, buyer eve,"
                        + " payment_id free, amount_minor 0, currency EUR, paid_at 2096-10-02T07:06:40.000Z,"
                        + " journal_sequence 4, reacquired false, order_items none)",
                "insert into order_items values ('00000000-0000-0000-0000-000000000001', 'GA', 3, 1) |"
                        + "order_items 00000000-0000-0000-0000-000000000001: in Postgres only (GA x 3, of no order)",
                "insert into order_items values ('H2', 'VIP', 3, 1) |"
                        + "order_items H2: items is GA x 1 at 4500, VIP x 3 at 1 in Postgres,"
                        + " the journal says GA x 1 at 4500",
                "insert into refunds values ('forged', 'H1', 1, 'EUR', 'sold-out', now(), 9, 'DUE') |"
                        + "refunds forged: in Postgres only (hold_id H1, amount_minor 1, currency EUR, reason sold-out,"
                        + " journal_sequence 9, status DUE)",
                "insert into refunds values ('forged', 'H1', 1, 'EUR', 'sold-out', now(), 9, 'SETTLED') |"
                        + "refunds forged: in Postgres only (hold_id H1, amount_minor 1, currency EUR, reason sold-out,"
                        + " journal_sequence 9, status SETTLED)",
            })
    void shouldNameWhatIsInPostgresOnlyAndLeaveItToAPerson(final String change, final String expected)
            throws Exception {
        postgres.run(holds(change));

        final ReconcileReport report = reconcile(false);
        final ReconcileReport repaired = reconcile(true);

        assertThat(words(report)).containsExactly(holds(expected));
        assertThat(words(repaired)).containsExactly(holds(expected));
    }

    @Test
    void shouldNameBothWhenOneStandsInThePlaceOfTheOther() throws Exception {
        postgres.run("update payments set payment_id = 'forged' where payment_id = 'p1'");

        final ReconcileReport report = reconcile(false);

        assertThat(words(report))
                .containsExactlyInAnyOrder(
                        "payments p1: missing in Postgres (paid 18000 EUR at sequence 6)",
                        "payments forged: in Postgres only (hold_id " + H1 + ", outcome PAID, amount_minor 18000,"
                                + " currency EUR, journal_sequence 6)");
    }

    @Test
    void shouldListWhatWasQuarantinedBesideTheMissingRow() throws Exception {
        postgres.run(
                "delete from payments where payment_id = 'p3'",
                "delete from refunds where payment_id = 'p3'",
                "insert into settlement_quarantine (journal_id, journal_sequence, kind, subject, detail)"
                        + " values (gen_random_uuid(), 8, 'payment', 'p3', 'poison')");

        final ReconcileReport report = reconcile(true);

        assertThat(report.quarantined()).containsExactly("payment p3 at sequence 8: poison");
        assertThat(report.isSame()).isTrue();
        assertThat(report.repairCount()).isEqualTo(2);
    }

    @Test
    void shouldRepairTheRestWhenOneChangeIsRefused() throws Exception {
        postgres.run(
                holds("delete from orders where order_id in ('H1', 'H2')"),
                "alter table payments add constraint odd check (amount_minor <> 18000) not valid",
                "update payments set amount_minor = 17 where payment_id in ('p1', 'p2', 'p4')");

        final ReconcileReport report = reconcile(true);

        assertThat(words(report))
                .containsExactlyInAnyOrder(
                        "payments p1: amount_minor is 17 in Postgres, the journal says 18000",
                        "payments p2: amount_minor is 17 in Postgres, the journal says 18000");
        assertThat(report.repairs())
                .anyMatch(line ->
                        line.startsWith("not repaired: payments p1: amount_minor 17 -> 18000: Postgres refused"))
                .contains("repaired payments p4: amount_minor 17 -> 4500");
        assertThat(report.repairCount()).isEqualTo(3);
    }

    @Test
    void shouldCountAllAndShowTheFirstWhenThereAreMany() throws Exception {
        postgres.run("delete from payments");

        final ReconcileReport report = new Reconciler(
                        new ReconcileConfig(
                                data, Optional.empty(), Optional.of(postgres.config()), Optional.empty(), false, 2),
                        count -> {})
                .run();

        assertThat(report.differences()).hasSize(2);
        assertThat(report.differenceCount()).isEqualTo(5);
        assertThat(report.byKind()).containsEntry("postgres payments missing", 5L);
    }

    @Test
    void shouldNameFlagAndNextStepWhenPostgresCannotBeRead() throws Exception {
        try (TestPostgres empty = TestPostgres.empty()) {
            assertThatThrownBy(() -> reconcile(empty.config()))
                    .isInstanceOf(StoreUnreadableException.class)
                    .hasMessageContaining("--postgres-url")
                    .hasMessageContaining("next step: name the database that the server settles into");
        }
        assertThatThrownBy(() -> reconcile(new PostgresConfig("jdbc:postgresql://127.0.0.1:1/x", "x", "secret")))
                .isInstanceOf(StoreUnreadableException.class)
                .hasMessageContaining("--postgres-url")
                .hasMessageContaining("next step")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldLeaveAColumnThatChangedSinceItWasRead() throws Exception {
        final RepairLog repairs = new RepairLog(100);
        final Table.Column status =
                Table.REFUNDS.columns().get(Table.REFUNDS.columns().size() - 1);

        try (PostgresRepair repair = new PostgresRepair(PostgresSession.open(postgres.config()), repairs)) {
            repair.set(Table.REFUNDS, "p2", status, "SOMETHING", Table.DUE);
            repair.flush();
        }

        assertThat(repairs.shown()).isEmpty();
        try (ResultSet row = postgres.connection()
                .createStatement()
                .executeQuery("select status from refunds where payment_id = 'p2'")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo(Table.SETTLED);
        }
    }
}
