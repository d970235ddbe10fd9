package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.ChaosProxy;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
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

    /** A sale that went on without the database, in the words of what was lost: its records stand where those stood. */
    @Test
    void shouldHaltAndSettleAllAgainWhenTheLogHasGrownPastWhatWasSettled() throws Exception {
        loseTail();
        final long settled = cursor();
        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            sell(11, 20);
            assertThat(sample.log().endSequence()).isGreaterThan(settled);

            run.follower.step();

            assertThat(run.halts).singleElement().isInstanceOf(LostTailException.class);
            assertThat(run.status().condition()).isEqualTo(Condition.STOPPED);
        }
        SettlementRun.settle(sample.log(), database);
        assertThat(database.count("payments")).isEqualTo(20);
        assertThat(database.count("orders")).isEqualTo(20);
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldTellBeforeTheStartWhetherTheTailIsLost() throws Exception {
        sell(1, 4);

        assertThat(ask(database, 1).verdict()).as("no schema").isEqualTo(Verdict.FINE);
        SettlementRun.settle(sample.log(), database);
        final long settled = cursor();
        assertThat(ask(database, settled).verdict()).isEqualTo(Verdict.FINE);
        assertThat(ask(database, settled).settledSequence()).isEqualTo(settled);
        assertThat(ask(database, settled + 1).verdict()).isEqualTo(Verdict.FINE);
        final LostTailCheck.Result lost = ask(database, settled - 1);
        assertThat(lost.verdict()).isEqualTo(Verdict.LOST);
        assertThat(lost.settledSequence()).isEqualTo(settled);
        assertThat(lost.detail()).contains("" + settled).contains("--accept-lost-tail");
        assertThat(LostTailCheck.ask(database.config(), hold(1), 0).verdict())
                .as("another journal")
                .isEqualTo(Verdict.FINE);
    }

    private LostTailCheck.Result ask(final TestDatabase target, final long lastSequence) {
        return LostTailCheck.ask(target.config(), sample.log().id(), lastSequence);
    }

    @Test
    void shouldNotWaitLongBeforeTheStartWhenTheDatabaseIsSilentOrDown() throws Exception {
        final long begunNs = System.nanoTime();
        try (ChaosProxy proxy = ChaosProxy.to(database.server().port())) {
            proxy.stall();
            assertThat(ask(database.through(proxy.port()), 1).verdict()).isEqualTo(Verdict.UNREACHABLE);
            proxy.cut();
            final LostTailCheck.Result result = ask(database.through(proxy.port()), 1);
            assertThat(result.verdict()).isEqualTo(Verdict.UNREACHABLE);
            assertThat(result.detail()).contains("could not be asked");
        }
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begunNs))
                .as("seconds")
                .isLessThan(15);
    }
}
