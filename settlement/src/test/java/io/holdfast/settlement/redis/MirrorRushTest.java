package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerStatus.Condition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log grows faster than the mirror may write: it falls behind, and sets right what is lost all the same. */
class MirrorRushTest extends MirrorFixture {
    /** So little that a test's own commands are a rush; the mirror reads about a record a second then. */
    private static final int RUSH_WRITES_PER_SECOND = 20;

    /** Growth is measured over windows of 200 ms. */
    private static final long RUSH_IS_SEEN_NS = TimeUnit.MILLISECONDS.toNanos(600);

    /** Those placed in the rush are numbered from here on, one a record. */
    private static final long HOLD = 10_000;

    private MirrorFollower mirror;
    private long sequenceBefore;
    private int placed;

    @BeforeEach
    void beginRush() {
        run.log.run("create hamburg GA=1000000@4500 EUR").snapshot();
        sequenceBefore = run.log.log().endSequence();
        run.settle();
        run.mirror().close();
        mirror = new MirrorFollower(
                run.log.log(),
                new MirrorConfig("redis://127.0.0.1:" + run.port, RUSH_WRITES_PER_SECOND),
                run::logicalNowMs);
        final long beganNs = System.nanoTime();
        stepInRushUntil(() ->
                mirror.status().condition() == Condition.FOLLOWING && System.nanoTime() - beganNs > RUSH_IS_SEEN_NS);
    }

    @AfterEach
    void closeMirror() {
        mirror.close();
    }

    @Test
    void shouldRepairWhatIsLostThoughTheNewestSnapshotIsAheadOfIt() {
        run.log.snapshot();
        assertThat(mirror.status().sequence()).isLessThan(run.log.log().endSequence());
        run.redis().ask("FLUSHALL");

        stepInRushUntil(() -> mirror.figures().resyncs() > 1 && mirror.status().condition() == Condition.FOLLOWING);

        assertThat(run.redis().keys("holdfast:hold:*")).contains(MirrorRun.holdKey(1), MirrorRun.holdKey(2));
        assertThat(mirror.figures().resyncs()).isEqualTo(2);
        run.settle(mirror);
    }

    @Test
    void shouldLeaveWhatIsEditedUntilTheRushIsOver() {
        final long before = mirror.figures().mismatches();
        final String key = MirrorRun.holdKey(HOLD + mirror.status().sequence() + 1 - sequenceBefore);
        run.redis().ask("HSET", key, "sequence", "999999999", "buyer", "mallory");

        stepInRushUntil(() -> mirror.figures().mismatches() > before);
        final long seenNs = System.nanoTime();
        stepInRushUntil(() -> System.nanoTime() - seenNs > RUSH_IS_SEEN_NS);

        assertThat(run.redis().hash(key)).containsEntry("buyer", "mallory");
        run.settle(mirror);
    }

    /** The log grows all the while, by a hold a step. */
    private void stepInRushUntil(final BooleanSupplier isDone) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    placed++;
                    run.log.run("place h" + (HOLD + placed) + " hamburg buyer-" + placed + " GA:1");
                    MirrorRun.step(mirror);
                    return isDone.getAsBoolean();
                });
    }
}
