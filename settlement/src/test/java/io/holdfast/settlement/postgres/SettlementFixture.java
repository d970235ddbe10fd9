package io.holdfast.settlement.postgres;

import io.holdfast.core.Command;
import io.holdfast.settlement.log.SampleLog;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log with a drop in it, and an empty database. */
abstract class SettlementFixture {
    static final int SEGMENT_LENGTH = 256 * 1024;

    @TempDir
    Path data;

    SampleLog sample;
    TestDatabase database;

    @BeforeEach
    void createLogAndDatabase() {
        sample = SampleLog.create(data, SEGMENT_LENGTH).run("create berlin GA=100000@4500 EUR hold=300");
        database = TestDatabase.create();
    }

    @AfterEach
    void closeLog() {
        sample.close();
    }

    static UUID hold(final long number) {
        return SampleLog.hold(number);
    }

    /** Holds and payments of these numbers, one batch of the journal. */
    SampleLog sell(final int from, final int to) {
        for (int i = from; i <= to; i++) {
            sample.add(Command.of("place h" + i + " berlin buyer-" + i + " GA:1 key=k" + i))
                    .add(Command.of("pay p" + i + " h" + i + " 4500 EUR"));
        }
        return sample.commit();
    }

    /** The tables in words, but for what differs from one time to the next. */
    List<String> tables() {
        return database.rows(
                "select payment_id, p.hold_id, outcome, p.amount_minor, journal_sequence, order_id, drop_id,"
                        + " buyer, paid_at, reacquired, sku, quantity, price_minor, reason, status"
                        + " from holdfast.payments as p left join holdfast.orders using (payment_id, journal_sequence)"
                        + " left join holdfast.order_items using (order_id)"
                        + " left join (select payment_id, reason, status from holdfast.refunds) as r using (payment_id)"
                        + " order by payment_id");
    }

    long cursor() {
        return Long.parseLong(database.rows("select journal_sequence from holdfast.settlement_cursor")
                .get(0));
    }
}
