package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.ChaosProxy;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.SampleLog;
import io.holdfast.settlement.postgres.LostTailCheck.Verdict;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is ahead of the journal proves that the journal lost its tail. */
class LostTailTest extends SettlementFixture {
    @TempDir
    private Path copy;

    @TempDir
    private Path elsewhere;

    /** Settles ten payments, then puts the journal back to where there were four. */
    private void loseTail() throws Exception {
        sell(1, 4).copyTo(copy);
        sell(5, 10);
        SettlementRun.settle(sample.log(), database);
        final long settled = cursor();
        sample.close();
        sample = SampleLog.open(copy);
        assertThat(sample.log().endSequence()).isLessThan(settled);
    }

    @Test
    void shouldHaltAndNameBothSequencesWhenTheDatabaseIsAhead() throws Exception {
        loseTail();
        final long settled = cursor();
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            for (int i = 0; i < 3; i++) {
                run.follower.step();
            }

            assertThat(run.halts).isNotEmpty();
            assertThat(run.halts.get(0))
                    .isInstanceOfSatisfying(LostTailException.class, e -> {
                        assertThat(e.settledSequence()).isEqualTo(settled);
                        assertThat(e.journalSequence()).isEqualTo(sample.log().endSequence());
                    })
                    .hasMessageContaining("--accept-lost-tail");
            assertThat(run.status().condition()).isEqualTo(Condition.STOPPED);
        }
        assertThat(cursor()).isEqualTo(settled);
        assertThat(database.count("payments")).isEqualTo(10);
    }

    @Test
    void shouldSettleAllAgainAndPutTheCursorBackWhenTheLossIsAccepted() throws Exception {
        loseTail();
        database.execute("delete from holdfast.webhook_outbox");
        sample.skipTo(cursor()).run("place h11 berlin karl GA:1 key=k11", "pay p11 h11 4500 EUR");

        try (SettlementRun run = SettlementRun.acceptingLostTail(sample.log(), database)) {
            run.drain();

            assertThat(run.halts).isEmpty();
            assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
            assertThat(run.figures().conflicts()).isZero();
        }
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
        assertThat(database.count("payments")).isEqualTo(11);
        assertThat(database.rows("select subject from holdfast.webhook_outbox")).containsExactly(hold(11).toString());
        SettlementRun.settle(sample.log(), database);
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldGoBackWhenTheLossIsAcceptedThoughTheDatabaseIsStillAhead() throws Exception {
        loseTail();

        try (SettlementRun run = SettlementRun.acceptingLostTail(sample.log(), database)) {
            run.drain();

            assertThat(run.halts).isEmpty();
        }
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
        assertThat(database.count("payments")).isEqualTo(10);
    }

    /** The process begins on the log as it was lost; the database is there once it has grown past what was settled. */
    private void haltOnceGrown() throws Exception {
        final long settled = cursor();
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            sell(11, 20);
            assertThat(sample.log().endSequence()).isGreaterThan(settled);

            run.follower.step();

            assertThat(run.halts).singleElement().isInstanceOf(LostTailException.class);
            assertThat(run.status().condition()).isEqualTo(Condition.STOPPED);
        }
    }

    @Test
    void shouldHaltAndGoOnHaltingUntilAcceptedWhenTheLogHasGrownPastWhatWasSettled() throws Exception {
        loseTail();
        final long settled = cursor();

        haltOnceGrown();

        assertThat(cursor()).isEqualTo(settled);
        sample.restart();
        assertThat(ask(sample.log()).verdict()).isEqualTo(Verdict.LOST);
        try (SettlementRun run = SettlementRun.acceptingLostTail(sample.log(), database)) {
            run.drain();
        }
        requireAllOfTheGrownLog();
    }

    /** Where nothing else tells again, it is noted. */
    @Test
    void shouldHaltUntilAcceptedWhenTheLogHasGrownPastAPlaceWithoutAMark() throws Exception {
        loseTail();
        database.execute("update holdfast.settlement_cursor"
                + " set record_position = null, record_time_ms = null, record_checksum = null");

        final long settled = cursor();

        haltOnceGrown();

        assertThat(cursor()).isEqualTo(settled);
        sample.restart();
        assertThat(ask(sample.log()).verdict()).isEqualTo(Verdict.LOST);
        assertThat(ask(sample.log()).settledSequence()).isEqualTo(settled);
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            run.drain();
            assertThat(run.halts).singleElement().isInstanceOf(LostTailException.class);
        }
        try (SettlementRun run = SettlementRun.acceptingLostTail(sample.log(), database)) {
            run.drain();
        }
        requireAllOfTheGrownLog();
    }

    private void requireAllOfTheGrownLog() {
        assertThat(database.count("payments")).isEqualTo(20);
        assertThat(database.count("orders")).isEqualTo(20);
        assertThat(database.count("settlement_quarantine")).isZero();
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
        assertThat(ask(sample.log()).verdict()).isEqualTo(Verdict.FINE);
    }

    @Test
    void shouldTellBeforeTheStartWhetherTheTailIsLost() throws Exception {
        sell(1, 4).copyTo(copy);

        assertThat(ask(sample.log()).verdict()).as("no schema").isEqualTo(Verdict.FINE);
        SettlementRun.settle(sample.log(), database);
        assertThat(ask(sample.log()).verdict()).isEqualTo(Verdict.FINE);
        assertThat(ask(sample.log()).settledSequence()).isEqualTo(cursor());
        sell(5, 10);
        assertThat(ask(sample.log()).verdict()).as("more than settled").isEqualTo(Verdict.FINE);
        SettlementRun.settle(sample.log(), database);
        try (SampleLog older = SampleLog.open(copy);
                SampleLog other = SampleLog.create(elsewhere)) {
            final LostTailCheck.Result lost = ask(older.log());
            assertThat(lost.verdict()).isEqualTo(Verdict.LOST);
            assertThat(lost.settledSequence()).isEqualTo(cursor());
            assertThat(lost.detail()).contains("" + cursor()).contains("--accept-lost-tail");
            assertThat(ask(other.log()).verdict()).as("another journal").isEqualTo(Verdict.FINE);
        }
    }

    private LostTailCheck.Result ask(final CommittedLog log) {
        return LostTailCheck.ask(database.config(), log);
    }

    @Test
    void shouldNotWaitLongBeforeTheStartWhenTheDatabaseIsSilentOrDown() throws Exception {
        final long begunNs = System.nanoTime();
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port())) {
            proxy.stall();
            assertThat(LostTailCheck.ask(database.through(proxy.port()).config(), sample.log())
                            .verdict())
                    .isEqualTo(Verdict.UNREACHABLE);
            proxy.cut();
            final LostTailCheck.Result result =
                    LostTailCheck.ask(database.through(proxy.port()).config(), sample.log());
            assertThat(result.verdict()).isEqualTo(Verdict.UNREACHABLE);
            assertThat(result.detail()).contains("could not be asked");
        }
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begunNs))
                .as("seconds")
                .isLessThan(15);
    }
}
