package io.holdfast.settlement.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.settlement.log.SampleLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than kept history is compared with what the oldest snapshot remembers; what neither knows is no alarm. */
class TrimmedHistoryTest {
    private static final String H1 = SampleLog.hold(1).toString();

    @TempDir
    private Path data;

    private SampleLog sample;
    private TestPostgres postgres;

    @BeforeEach
    void settleAndTrim() throws Exception {
        sample = SampleLog.create(data, 256 * 1024)
                .run(
                        "create berlin GA=5000@4500 EUR",
                        "create paris GA=5",
                        "place h1 berlin alice GA:2 key=k1",
                        "place h2 paris bob GA:1 key=k2",
                        "pay p1 h1 9000 EUR",
                        "pay p2 h1 9000 EUR",
                        "pay p3 h1 9000 EUR",
                        "pay p4 h2 1 EUR",
                        "settle p2",
                        "close paris",
                        "archive paris");
        for (int i = 10; i < 2_000; i++) {
            sample.add(Command.of("place h" + i + " berlin buyer-" + i + " GA:1 key=k" + i))
                    .add(Command.of("release h" + i));
        }
        sample.snapshot();
        final long position = sample.log().newestSnapshot().orElseThrow().position();
        sample.run("place h5 berlin carol GA:1 key=k5", "pay p5 h5 4500 EUR", "settle p3");
        postgres = TestPostgres.create().settle(sample.log());
        assertThat(sample.trim(position)).isPositive();
    }

    @AfterEach
    void close() throws Exception {
        postgres.close();
        sample.close();
    }

    private ReconcileReport reconcile(final boolean isRepair) throws InterruptedException {
        final ReconcileConfig config = new ReconcileConfig(
                data, Optional.empty(), Optional.of(postgres.config()), Optional.empty(), isRepair, 100);
        return new Reconciler(config, count -> {}).run();
    }

    private static List<String> words(final ReconcileReport report) {
        return report.differences().stream().map(Difference::toString).toList();
    }

    @Test
    void shouldFindNothingWhenTheSnapshotAgrees() throws Exception {
        final ReconcileReport report = reconcile(false);

        assertThat(words(report)).isEmpty();
        assertThat(report.compared()).containsEntry("payments", 5L).containsEntry("refunds", 2L);
        assertThat(report.unchecked()).isZero();
    }

    @Test
    void shouldNameAndRepairWhatDiffersFromTheSnapshot() throws Exception {
        postgres.run(
                "update orders set buyer = 'eve', amount_minor = 1 where order_id = '" + H1 + "'",
                "update refunds set status = 'DUE' where payment_id in ('p2', 'p3')",
                "delete from payments where payment_id = 'p1'");

        final ReconcileReport report = reconcile(false);
        final ReconcileReport repaired = reconcile(true);

        assertThat(words(report))
                .containsExactlyInAnyOrder(
                        "orders " + H1 + ": buyer is eve in Postgres, the journal says alice",
                        "orders " + H1 + ": amount_minor is 1 in Postgres, the journal says 9000",
                        "refunds p2: status is DUE in Postgres, the journal says SETTLED",
                        "refunds p3: status is DUE in Postgres, the journal says SETTLED",
                        "payments p1: missing in Postgres (paid 9000 EUR at sequence 6)");
        assertThat(words(repaired)).isEmpty();
    }

    @Test
    void shouldRepairAnOrderWithTheHoldThatTheSnapshotRemembers() throws Exception {
        postgres.run(
                "delete from order_items where order_id = '" + H1 + "'",
                "delete from orders where order_id = '" + H1 + "'");

        final ReconcileReport repaired = reconcile(true);

        assertThat(words(repaired)).isEmpty();
        assertThat(repaired.repairs())
                .containsExactly("repaired orders " + H1 + ": missing -> paid 9000 EUR at sequence 6");
    }

    @Test
    void shouldNotRepairAnOrderWhoseHoldIsForgotten() throws Exception {
        postgres.run("delete from orders where order_id = '" + SampleLog.hold(2) + "'");

        final ReconcileReport repaired = reconcile(true);

        assertThat(words(repaired))
                .contains("orders " + SampleLog.hold(2) + ": missing in Postgres (paid 1 EUR at sequence 9)");
        assertThat(repaired.repairs()).anyMatch(line -> line.startsWith("not repaired: orders " + SampleLog.hold(2)));
    }

    @Test
    void shouldCountWhatNobodyRemembers() throws Exception {
        postgres.run("insert into payments values ('ancient', '" + H1 + "', 'PAID', 1, 'EUR', 2)");

        final ReconcileReport report = reconcile(false);

        assertThat(words(report)).isEmpty();
        assertThat(report.unchecked()).isEqualTo(1);
    }

    @Test
    void shouldSettleByWayOfTheSnapshotWhenSettlementFellBehindHistory() throws Exception {
        final long oldPosition = 8192;
        postgres.run(
                "delete from payments",
                "delete from refunds",
                "delete from order_items",
                "delete from orders",
                "update settlement_cursor set journal_sequence = 5, journal_position = " + oldPosition);
        sample.close();

        final ReconcileReport repaired = reconcile(true);

        assertThat(repaired.repairs()).anyMatch(line -> line.startsWith("repaired settlement: settled up to sequence"));
        assertThat(words(repaired))
                .as("the archived drop's order is not known any more")
                .containsExactly("orders " + SampleLog.hold(2) + ": missing in Postgres (paid 1 EUR at sequence 9)");
    }
}
