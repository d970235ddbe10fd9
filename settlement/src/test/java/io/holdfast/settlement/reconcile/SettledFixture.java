package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.log.SampleLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal with orders and refunds in it, all of it settled, to be compared after the test has changed something. */
abstract class SettledFixture {
    static final String H1 = SampleLog.hold(1).toString();
    static final String H2 = SampleLog.hold(2).toString();
    static final String H3 = SampleLog.hold(3).toString();

    @TempDir
    Path data;

    SampleLog sample;
    TestPostgres postgres;

    /** Sequences: 1 start, 2 create, 3 to 5 holds, 6 p1, 7 p2, 8 p3, 9 p4, 10 settles p2, 11 p5. */
    @BeforeEach
    void settleAll() throws Exception {
        sample = SampleLog.create(data)
                .run(
                        "create berlin GA=50@4500 VIP=20@9000 EUR",
                        "place h1 berlin alice GA:2,VIP:1 key=k1",
                        "place h2 berlin bob GA:1 key=k2",
                        "place h3 berlin carol GA:3 key=k3",
                        "pay p1 h1 18000 EUR",
                        "pay p2 h1 18000 EUR",
                        "pay p3 h2 4400 EUR",
                        "pay p4 h2 4500 EUR",
                        "settle p2",
                        "pay p5 h3 13500 EUR");
        postgres = TestPostgres.create().settle(sample.log());
    }

    @AfterEach
    void close() throws Exception {
        postgres.close();
        sample.close();
    }

    ReconcileReport reconcile(final boolean isRepair) throws InterruptedException {
        return new Reconciler(
                        new ReconcileConfig(
                                data,
                                Optional.empty(),
                                Optional.of(postgres.config()),
                                Optional.empty(),
                                isRepair,
                                1_000),
                        count -> {})
                .run();
    }

    static List<String> words(final ReconcileReport report) {
        return report.differences().stream().map(Difference::toString).toList();
    }
}
