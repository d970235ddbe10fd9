package io.holdfast.settlement.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.settlement.log.SampleLog;
import io.holdfast.settlement.postgres.Database;
import io.holdfast.settlement.postgres.SettlementFollower;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A payment id that came again after 35 days is for a person: a repair touches nothing of whatever had it first. */
class ReusedPaymentRepairTest {
    @TempDir
    private Path data;

    private SampleLog sample;
    private TestPostgres postgres;

    @BeforeEach
    void payTwice() throws Exception {
        sample = SampleLog.create(data, 256 * 1024)
                .run("create berlin GA=5000@4500 EUR", "place h1 berlin alice GA:1 key=k1", "pay p1 h1 4500 EUR")
                .pass(Duration.ofDays(36).toMillis())
                .run("pay p2 h99 1 EUR", "place h2 berlin bob GA:1 key=k2", "pay p1 h2 4500 EUR");
        postgres = TestPostgres.create();
        try (Database database = Database.open(postgres.config());
                SettlementFollower settlement =
                        new SettlementFollower(sample.log(), database, Optional.empty(), false, lost -> {})) {
            while (settlement.status().sequence() < sample.log().endSequence()) {
                settlement.step();
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        postgres.close();
        sample.close();
    }

    private ReconcileReport repair() throws InterruptedException {
        return new Reconciler(
                        new ReconcileConfig(
                                data, Optional.empty(), Optional.of(postgres.config()), Optional.empty(), true, 100),
                        count -> {})
                .run();
    }

    private List<String> rows(final String query) throws SQLException {
        final List<String> rows = new ArrayList<>();
        try (Statement statement = postgres.connection().createStatement();
                ResultSet each = statement.executeQuery(query)) {
            while (each.next()) {
                rows.add(each.getString(1));
            }
        }
        return rows;
    }

    private void assertNothingChanged() throws SQLException {
        assertThat(rows("select payment_id || ' ' || hold_id from payments where payment_id = 'p1'"))
                .containsExactly("p1 " + SampleLog.hold(1));
        assertThat(rows("select order_id::text from orders"))
                .containsExactly(SampleLog.hold(1).toString());
        assertThat(rows("select order_id::text from order_items"))
                .containsExactly(SampleLog.hold(1).toString());
    }

    @Test
    void shouldLeaveNoItemsWithoutTheirOrder() throws Exception {
        final ReconcileReport report = repair();

        assertNothingChanged();
        assertThat(report.differenceCount()).isEqualTo(2);
    }

    @Test
    void shouldLeaveTheFirstPaymentWhenASnapshotTellsOfTheSecond() throws Exception {
        for (int i = 10; i < 2_000; i++) {
            sample.add(Command.of("place h" + i + " berlin buyer-" + i + " GA:1 key=k" + i))
                    .add(Command.of("release h" + i));
        }
        sample.snapshot();
        assertThat(sample.trim(sample.log().newestSnapshot().orElseThrow().position()))
                .isPositive();

        repair();

        assertNothingChanged();
    }
}
