package io.holdfast.settlement.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.settlement.follow.FollowerThread;
import io.holdfast.settlement.log.SampleLog;
import io.holdfast.settlement.postgres.Database;
import io.holdfast.settlement.postgres.SettlementFollower;
import io.holdfast.settlement.redis.MirrorConfig;
import io.holdfast.settlement.redis.MirrorFollower;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records are appended, settled and mirrored while all is compared: nothing that only moves is a difference. */
class RunningSystemTest {
    private static final long BETWEEN_BATCHES_NS = 3_000_000;

    /** Followers that are behind by some hundred milliseconds, as on a machine that is busy. */
    private static final long FOLLOWER_REST_MS = 500;

    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @TempDir
    private Path data;

    /** Places, pays, extends and releases, a dozen commands a batch, until it is stopped. */
    private void sell(final SampleLog sample) {
        try {
            for (int i = 100; !isStopped.get(); i += 4) {
                sample.run(
                        "place h" + i + " berlin b-" + i + " GA:2 key=k" + i,
                        "place h" + (i + 1) + " berlin b-" + i + " GA:1 key=l" + i,
                        "place h" + (i + 2) + " paris b-" + i + " GA:1 key=m" + i,
                        "pay p" + i + " h" + i + " 9000 EUR",
                        "extend h" + (i + 1) + " 400",
                        "release h" + (i + 2),
                        "pay q" + i + " h" + (i + 2) + " 4 EUR",
                        "settle q" + (i - 40));
                LockSupport.parkNanos(BETWEEN_BATCHES_NS);
            }
        } catch (final Throwable e) {
            failure.set(e);
        }
    }

    @Test
    void shouldRaiseNoFalseAlarmUnderLoad() throws Exception {
        try (SampleLog sample = SampleLog.create(data)
                        .run("create berlin GA=9000000@4500 EUR", "create paris GA=9000000@4 USD");
                TestMirror redis = new TestMirror();
                TestPostgres postgres = TestPostgres.empty();
                Database database = Database.open(postgres.config())) {
            final FollowerThread settlement = new FollowerThread(
                    new SettlementFollower(sample.log(), database, Optional.empty(), false, failure::set),
                    FOLLOWER_REST_MS,
                    failure::set);
            final FollowerThread mirror = new FollowerThread(
                    new MirrorFollower(
                            sample.log(), new MirrorConfig(TestServers.redis().url()), () -> Command.START_MS),
                    FOLLOWER_REST_MS,
                    failure::set);
            final Thread sale = new Thread(() -> sell(sample));
            settlement.start();
            mirror.start();
            sale.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> redis.run("EXISTS holdfast:cursor").equals(1L)
                            && settlement.follower().status().sequence() > 0);

            final ReconcileConfig config = new ReconcileConfig(
                    data,
                    Optional.empty(),
                    Optional.of(postgres.config()),
                    Optional.of(TestServers.redis().url()),
                    false,
                    20);
            final ReconcileReport first = new Reconciler(config, count -> {}).run();
            final ReconcileReport second = new Reconciler(config, count -> {}).run();
            isStopped.set(true);
            sale.join();
            settlement.stop(10_000);
            mirror.stop(10_000);
            settlement.awaitEnd(20_000);
            mirror.awaitEnd(20_000);
            final ReconcileReport last = new Reconciler(config, count -> {}).run();

            assertThat(failure.get()).isNull();
            assertThat(first.differences()).isEmpty();
            assertThat(second.differences()).isEmpty();
            assertThat(second.compared().get("payments"))
                    .isGreaterThan(first.compared().get("payments"));
            assertThat(last.differences()).isEmpty();
            assertThat(last.pendingPayments()).isZero();
        }
    }
}
