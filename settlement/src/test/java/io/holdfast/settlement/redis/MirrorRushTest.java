package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis cannot be trusted while there is a rush: the mirror sets it right, and rests between two pieces of it. */
class MirrorRushTest extends MirrorFixture {
    private static final int KEYS = 2_000;

    /** Two windows of 200 ms by which growth is measured, and some. */
    private static final long RUSH_IS_SEEN_NS = TimeUnit.MILLISECONDS.toNanos(600);

    private MirrorFollower mirror;
    private int extended;

    @BeforeEach
    void follow() {
        run.log.run("create hamburg GA=5000@4500 EUR");
        for (int i = 0; i < KEYS; i++) {
            run.log.add(io.holdfast.core.Command.of("place h" + (1_000 + i) + " hamburg buyer-" + i + " GA:1"));
        }
        run.log.commit();
        run.settle();
        run.mirror().close();
        final MirrorConfig anyGrowthIsARush = new MirrorConfig("redis://127.0.0.1:" + run.port, 1);
        mirror = new MirrorFollower(run.log.log(), anyGrowthIsARush, run::logicalNowMs);
    }

    @AfterEach
    void closeMirror() {
        mirror.close();
    }

    @Test
    void shouldCompareInSmallPiecesAndRestBetweenThem() throws Exception {
        stepInRush(Condition.FOLLOWING);
        final long rushBeganNs = System.nanoTime();
        while (System.nanoTime() - rushBeganNs < RUSH_IS_SEEN_NS) {
            stepInRush(Condition.FOLLOWING);
        }
        run.redis().ask("HSET", "holdfast:cursor", "sequence", "1");
        stepInRush(Condition.RESYNCING);

        assertThat(stepInRush(Condition.FOLLOWING)).isGreaterThan(KEYS / 100);

        run.settle(mirror);
    }

    /** Steps, and has the log grow, until the mirror is so; returns how many steps of verifying were followed by a rest. */
    private int stepInRush(final Condition condition) {
        final int[] rested = new int[1];
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    run.log.run("extend h1 " + (300 + ++extended % 2));
                    if (!isMoreAfterStep() && mirror.status().condition() == Condition.RESYNCING) {
                        rested[0]++;
                    }
                    return mirror.status().condition() == condition;
                });
        return rested[0];
    }

    private boolean isMoreAfterStep() throws InterruptedException {
        try {
            return mirror.step();
        } catch (final FollowerException e) {
            return false;
        }
    }
}
