package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.settlement.ChaosProxy;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.follow.FollowerThread;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults 47 and 48: a database that is down, or silent, holds up nothing and loses nothing: it is drained later. */
@Tag("slow")
class DatabaseAwayTest extends SettlementFixture {
    @TempDir
    private Path home;

    private void requireAllSettled(final int payments) {
        assertThat(database.count("payments")).isEqualTo(payments);
        assertThat(database.count("orders")).isEqualTo(payments);
        assertThat(database.count("webhook_outbox")).isEqualTo(payments);
        assertThat(database.count("settlement_quarantine")).isZero();
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    private static void signal(final long pid, final String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void shouldBeDrainedLaterWhenTheServerIsDownFromTheStartAndInBetween() throws Exception {
        final int port;
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home)) {
            database = TestDatabase.create(server);
            port = server.port();
        }
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            sell(1, 100);

            assertThat(run.stepToFailure()).hasMessageContaining("Postgres");
            assertThat(run.status().condition()).isEqualTo(Condition.AWAY);
            assertThat(run.status().detail()).contains("Postgres");
            try (EmbeddedPostgres server = EmbeddedPostgres.start(home, port)) {
                assertThat(server.port()).isEqualTo(port);
                run.drainThroughFailures();
                requireAllSettled(100);
                assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
            }
            sell(101, 5_000);
            run.stepToFailure();
            assertThat(run.status().condition()).isEqualTo(Condition.AWAY);
            try (EmbeddedPostgres server = EmbeddedPostgres.start(home, port)) {
                assertThat(server.port()).isEqualTo(port);
                run.drainThroughFailures();
                requireAllSettled(5_000);
            }
        }
    }

    @Test
    void shouldGiveUpAndComeBackWhenTheServerIsPaused() throws Exception {
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            sell(1, 10);
            run.drain();
            final long backend = Long.parseLong(
                    database.rows("select pid from pg_stat_activity where application_name = 'holdfast' limit 1")
                            .get(0));
            sell(11, 20);
            final long server = database.server().pid();
            signal(server, "STOP");
            signal(backend, "STOP");
            try {
                final long begunNs = System.nanoTime();
                run.stepToFailure();

                assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begunNs))
                        .as("seconds until it gave up")
                        .isLessThan(30);
                assertThat(run.status().condition()).isEqualTo(Condition.AWAY);
            } finally {
                signal(backend, "CONT");
                signal(server, "CONT");
            }
            run.drainThroughFailures();
        }
        requireAllSettled(20);
    }

    @Test
    void shouldComeBackWhenOthersHadBorrowedEveryConnection() throws Exception {
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();
            sell(1, 10);
            try (Connection first = run.database.connection();
                    Connection second = run.database.connection();
                    Connection third = run.database.connection()) {
                assertThat(run.stepToFailure()).hasMessageContaining("cannot be used");
                assertThat(first.isValid(1) && second.isValid(1) && third.isValid(1))
                        .isTrue();
            }
            run.drain();
        }
        requireAllSettled(10);
    }

    @Test
    void shouldComeBackWhenTheNetworkSwallowsEverythingInTheMiddleOfATransaction() throws Exception {
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port());
                SettlementRun run = SettlementRun.of(sample.log(), database.through(proxy.port()))) {
            sell(1, 10);
            run.drain();
            sell(11, 20);
            proxy.stall(ChaosProxy.Direction.TO_CLIENT);

            run.stepToFailure();
            assertThat(run.status().condition()).isEqualTo(Condition.AWAY);
            proxy.heal();

            run.drainThroughFailures();
        }
        requireAllSettled(20);
    }

    @Test
    void shouldComeBackWhenConnectionsAreCutAgainAndAgain() throws Exception {
        final AtomicReference<Throwable> error = new AtomicReference<>();
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port());
                SettlementRun run = SettlementRun.of(sample.log(), database.through(proxy.port()))) {
            final FollowerThread thread = new FollowerThread(run.follower, 1, error::set);
            thread.start();
            for (int i = 0; i < 4; i++) {
                sell(i * 100 + 1, i * 100 + 50);
                proxy.cut();
                proxy.heal();
                // Without anything to do it need not find out for a while that it was cut off.
                sell(i * 100 + 51, i * 100 + 100);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> run.status().sequence() == sample.log().endSequence());
            }
            assertThat(proxy.connections()).isGreaterThan(1);
            thread.stop(10_000);
            assertThat(thread.awaitEnd(20_000)).isTrue();
        }
        assertThat(error.get()).isNull();
        requireAllSettled(400);
    }

    @Test
    void shouldEndInTimeWhenItIsToldToWhileTheDatabaseIsSilent() throws Exception {
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port());
                SettlementRun run = SettlementRun.of(sample.log(), database.through(proxy.port()))) {
            final FollowerThread thread = new FollowerThread(run.follower, 1, error -> {});
            thread.start();
            Awaitility.await().until(() -> run.status().condition() == Condition.FOLLOWING);
            proxy.stall();
            sell(1, 10);

            thread.stop(100);

            assertThat(thread.awaitEnd(10_000)).isTrue();
        }
    }
}
