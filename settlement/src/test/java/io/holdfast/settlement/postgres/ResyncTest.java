package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.settlement.ChaosProxy;
import io.holdfast.settlement.ChaosProxy.Direction;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where history does not reach back, the newest snapshot does: the same rows, once, as far as it knows them. */
class ResyncTest extends SettlementFixture {
    private TestDatabase byHistory;

    /** Sales, refunds, one of them paid back, and enough records to fill two segments; then a snapshot, and a tail. */
    private void makeHistory() {
        sell(1, 200)
                .run("pay q1 h1 4500 EUR", "pay q2 h999 1 USD", "settle q2", "place h5000 berlin zoe GA:3 key=z")
                .pass(400_000)
                .run("pay late h5000 13500 EUR");
        for (int i = 0; i < 3_000; i++) {
            sample.add(Command.of("place h" + (10_000 + i) + " berlin filler GA:1 key=f" + i))
                    .add(Command.of("release h" + (10_000 + i)));
        }
        sample.snapshot();
        sell(201, 220);
    }

    private void trim() {
        assertThat(sample.trim(sample.log().newestSnapshot().orElseThrow().position()))
                .isPositive();
    }

    /** What the tables are when all of history is followed, in a database of its own. */
    private List<String> settledByHistory() throws Exception {
        final TestDatabase given = database;
        byHistory = TestDatabase.create();
        SettlementRun.settle(sample.log(), byHistory);
        database = byHistory;
        final List<String> tables = tables();
        database = given;
        return tables;
    }

    @Test
    void shouldSettleTheSameFromASnapshotAsFromHistory() throws Exception {
        makeHistory();
        final List<String> expected = settledByHistory();
        trim();

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();

            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
            assertThat(run.status().sequence()).isEqualTo(sample.log().endSequence());
        }
        assertThat(tables()).isEqualTo(expected).hasSize(223);
        assertThat(database.rows("select payment_id, reason, status from holdfast.refunds order by payment_id"))
                .containsExactly("q1 already-paid DUE", "q2 hold-unknown SETTLED");
        assertThat(database.rows("select count(*) from holdfast.webhook_outbox where type = 'order.paid'"))
                .containsExactly("221");
        assertThat(database.rows("select subject from holdfast.webhook_outbox where type = 'refund.due'"))
                .as("not of what was paid back")
                .containsExactly(hold(1).toString());
        assertThat(database.rows("select message_id from holdfast.webhook_outbox"))
                .as("ids do not depend on the road")
                .allMatch(byHistory.rows("select message_id from holdfast.webhook_outbox")::contains);
        assertThat(database.count("settlement_resync_holds")).isZero();
        assertThat(database.count("settlement_quarantine")).isZero();
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldAddWhatIsMissingAndTellNothingTwiceWhenTheCursorFellBehindHistory() throws Exception {
        sell(1, 100);
        SettlementRun.settle(sample.log(), database);
        database.execute("delete from holdfast.webhook_outbox");
        sample.pass(400_000);
        for (int i = 101; i <= 150; i++) {
            sample.run("place h" + i + " berlin b" + i + " GA:1 key=k" + i, "pay p" + i + " h" + i + " 4500 EUR");
        }
        for (int i = 0; i < 3_000; i++) {
            sample.add(Command.of("place h" + (10_000 + i) + " berlin filler GA:1 key=f" + i))
                    .add(Command.of("release h" + (10_000 + i)));
        }
        sample.snapshot().run("settle p1");
        trim();

        SettlementRun.settle(sample.log(), database);

        assertThat(database.count("payments")).isEqualTo(150);
        assertThat(database.count("orders")).isEqualTo(150);
        assertThat(database.count("order_items")).isEqualTo(150);
        assertThat(database.rows("select count(*), min(type), max(type) from holdfast.webhook_outbox"))
                .containsExactly("50 order.paid order.paid");
        assertThat(database.count("settlement_quarantine")).isZero();
    }

    /** The last record of a segment that is full to the last byte goes with it; what comes behind it is there. */
    @Test
    void shouldGoOnByHistoryWhenItBeginsRightBehindWhatWasSettled() throws Exception {
        while (sample.journal().durablePosition() % SEGMENT_LENGTH != 0) {
            sample.run("idle");
        }
        SettlementRun.settle(sample.log(), database);
        final long settled = sample.journal().durablePosition();
        sample.run("create paris GA=5@100 EUR", "place h7001 paris paul GA:1 key=x", "pay px h7001 100 EUR");
        sample.run("close paris", "archive paris").snapshot();
        assertThat(sample.trim(settled)).isPositive();

        SettlementRun.settle(sample.log(), database);

        assertThat(database.count("orders")).isEqualTo(1);
        assertThat(database.count("settlement_quarantine")).isZero();
    }

    @Test
    void shouldSettlePaymentAndNoteTheOrderWhenItsDropWasArchived() throws Exception {
        sample.run("create paris GA=5@100 EUR", "place h7001 paris paul GA:1 key=x", "pay px h7001 100 EUR");
        sample.run("create rome GA=5@100 EUR", "place h7002 rome rita GA:1 key=y", "pay py h7002 100 EUR");
        SettlementRun.settle(sample.log(), database);
        final TestDatabase empty = TestDatabase.create();
        sample.run("close paris", "archive paris");
        makeHistory();
        trim();

        SettlementRun.settle(sample.log(), empty);

        assertThat(empty.rows("select outcome, amount_minor from holdfast.payments where payment_id = 'px'"))
                .containsExactly("PAID 100");
        assertThat(empty.rows("select * from holdfast.orders where payment_id = 'px'"))
                .isEmpty();
        assertThat(empty.rows("select buyer from holdfast.orders where payment_id = 'py'"))
                .containsExactly("rita");
        assertThat(empty.rows("select kind, subject from holdfast.settlement_quarantine"))
                .containsExactly("incomplete order " + hold(7001));
        SettlementRun.settle(sample.log(), database);
        assertThat(database.count("settlement_quarantine"))
                .as("where the order had been settled before")
                .isZero();
    }

    @Test
    void shouldGoOnWhereItWasWhenTheConnectionIsLostWithinTheSnapshot() throws Exception {
        makeHistory();
        final List<String> expected = settledByHistory();
        trim();
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port());
                SettlementRun run = SettlementRun.of(sample.log(), database.through(proxy.port()))) {
            for (final String at : List.of(
                    "insert into holdfast.settlement_resync_holds",
                    "insert into holdfast.order_items",
                    "delete from holdfast.settlement_resync_holds")) {
                proxy.cutAt(Direction.TO_SERVER, at);
                run.stepToFailure();
            }
            proxy.cutAt(Direction.TO_CLIENT, "COMMIT");
            run.drainThroughFailures();

            assertThat(proxy.cuts()).isEqualTo(4);
        }
        assertThat(tables()).isEqualTo(expected);
        assertThat(database.count("settlement_quarantine")).isZero();
    }

    @Test
    void shouldStopWhenHistoryWasTrimmedAndThereIsNoSnapshot() throws Exception {
        makeHistory();
        trim();
        try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            for (int i = 0; i < 5; i++) {
                run.follower.step();
            }

            assertThat(run.status().condition()).isEqualTo(Condition.STOPPED);
            assertThat(run.status().detail()).contains("there is no snapshot");
        }
    }

    @Test
    void shouldBeginAgainWhenTheCursorIsAtNoPlaceOfTheLog() throws Exception {
        sell(1, 10);
        SettlementRun.settle(sample.log(), database);
        database.execute("update holdfast.settlement_cursor set journal_position = 5000, journal_sequence = 7");

        SettlementRun.settle(sample.log(), database);

        assertThat(database.count("payments")).isEqualTo(10);
        assertThat(database.count("webhook_outbox")).isEqualTo(10);
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldNotWaitForABackupThatReadsTheTables() throws Exception {
        makeHistory();
        SettlementRun.settle(sample.log(), TestDatabase.create());
        trim();
        sample.run("pay q9 h999 1 USD");
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.follower.step(); // the schema is there
            try (Connection backup = database.connect();
                    Statement statement = backup.createStatement()) {
                backup.setAutoCommit(false);
                statement.execute("lock table holdfast.settlement_resync_holds in access share mode");

                run.drain();

                assertThat(database.count("settlement_resync_holds")).isZero();
                backup.rollback();
            }
            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
        }
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldGoOnWhereItWasWhenTheLogCannotBeReadForAMoment() throws Exception {
        makeHistory();
        trim();
        SettlementRun.settle(sample.log(), database);
        sample.run("create paris GA=5@100 EUR", "place h7001 paris paul GA:1 key=x", "pay px h7001 100 EUR")
                .run("close paris", "archive paris")
                .snapshot();
        final Path segment = data.resolve("journal").resolve(newestSegmentRead());
        final Path elsewhere = data.resolve("elsewhere");
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            Files.move(segment, elsewhere);
            Files.createDirectory(segment); // can be opened, and not be read
            run.stepToFailure();
            Files.delete(segment);
            Files.move(elsewhere, segment);
            run.drainThroughFailures();
        }

        assertThat(database.rows("select buyer from holdfast.orders where payment_id = 'px'"))
                .as("what a snapshot does not know any more")
                .containsExactly("paul");
        assertThat(database.count("settlement_quarantine")).isZero();
    }

    private String newestSegmentRead() {
        final long position = Long.parseLong(database.rows("select journal_position from holdfast.settlement_cursor")
                .get(0));
        return String.format("%020d.log", position / SEGMENT_LENGTH * SEGMENT_LENGTH);
    }

    @Test
    void shouldTellWhatCameWithAPaymentWhenOnlyThePaymentWasSettled() throws Exception {
        sample.run("create rome GA=1@100 EUR", "place h7002 rome rita GA:1 key=y");
        SettlementRun.settle(sample.log(), database);
        final String cursor = database.rows(
                        "select 'journal_sequence = ' || journal_sequence || ', journal_position = '"
                                + " || journal_position from holdfast.settlement_cursor")
                .get(0);
        sample.run("pay py h7002 100 EUR");
        SettlementRun.settle(sample.log(), database);
        database.execute(
                "delete from holdfast.webhook_outbox where type = 'drop.sold-out'",
                "update holdfast.settlement_cursor set " + cursor);

        SettlementRun.settle(sample.log(), database);

        assertThat(database.rows("select subject from holdfast.webhook_outbox where type = 'drop.sold-out'"))
                .containsExactly("rome");
    }
}
