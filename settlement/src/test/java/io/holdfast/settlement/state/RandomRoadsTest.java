package io.holdfast.settlement.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.RandomCommands;
import io.holdfast.core.Seeds;
import io.holdfast.core.StateMachine;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.Retention;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.settlement.log.SampleLog;
import io.holdfast.settlement.log.UncheckedLogException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three roads, one hash, over a real journal that is trimmed and started anew under them: whatever snapshots there are,
 * taken wherever the follower was, each with its tail leads to the state of the core, and so does the whole history for as
 * long as there is one.
 */
class RandomRoadsTest {
    private static final int ROUNDS = 120;
    private static final int SEGMENT_LENGTH = 256 * 1024;

    @TempDir
    private Path data;

    private SplittableRandom random;
    private SampleLog sample;
    private SnapshotFollower follower;
    private int trimmedRounds;

    @Test
    void shouldLeadToOneStateWhateverIsLeftOfHistory() throws Exception {
        final long seed = Seeds.next("random roads");
        random = new SplittableRandom(seed);
        final RandomCommands commands = new RandomCommands(
                seed, random.nextBoolean() ? RandomCommands.Spread.TINY : RandomCommands.Spread.WIDE);
        sample = SampleLog.create(data, SEGMENT_LENGTH);
        follower = follower();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                decide(commands);
                follow(random.nextInt(6));
                if (random.nextInt(4) == 0) {
                    checkAskedFor(round);
                }
                if (random.nextInt(6) == 0) {
                    follower.close();
                    sample.restart();
                    follower = follower();
                }
                checkRoads(round);
            }
            assertThat(trimmedRounds).isPositive();
        } finally {
            follower.close();
            sample.close();
        }
    }

    private SnapshotFollower follower() {
        final long retainBytes = random.nextInt(3) * (long) SEGMENT_LENGTH;
        return new SnapshotFollower(
                sample.log(),
                data,
                JournalFiles.real(),
                new SnapshotPolicy(1 + random.nextInt(4_000), Long.MAX_VALUE),
                new Retention(sample.journal(), retainBytes, Optional.empty()),
                random.nextLong());
    }

    private void decide(final RandomCommands commands) {
        for (int left = random.nextInt(1_500); left > 0; left--) {
            sample.driver().advance(commands.nextAdvanceMs());
            sample.add(commands.next());
            commands.answered(sample.driver().answer());
            if (random.nextInt(50) == 0) {
                sample.commit();
            }
        }
        sample.commit();
    }

    private void follow(final int stepsMax) throws Exception {
        for (int steps = 0; steps < stepsMax && follower.step(); steps++) {
            // on, or not as far as it could
        }
    }

    private void checkAskedFor(final int round) throws Exception {
        final CompletableFuture<SnapshotMeta> asked = follower.snapshotNow();
        follow(100_000);
        assertThat(asked).as("round %d", round).isCompleted();
        assertThat(asked.join().stateHash())
                .as("round %d", round)
                .isEqualTo(sample.driver().core().stateHash());
    }

    private void checkRoads(final int round) {
        final int count = sample.log().snapshots().size();
        final boolean isTrimmed = sample.log().trimmedBelow() > 0;
        trimmedRounds += isTrimmed ? 1 : 0;
        assertThat(count).as("round %d", round).isBetween(isTrimmed ? 2 : 0, 2);
        for (int without = 0; without < count + (isTrimmed ? 0 : 1); without++) {
            final StateMachine recovered = recover(without);
            assertThat(recovered.sequence())
                    .as("round %d", round)
                    .isEqualTo(sample.driver().core().sequence());
            assertThat(recovered.stateHash())
                    .as("round %d without the newest %d of %d snapshots", round, without, count)
                    .isEqualTo(sample.driver().core().stateHash());
            assertThat(recovered.nextDueAtMs()).isEqualTo(sample.driver().core().nextDueAtMs());
        }
        if (isTrimmed) {
            assertThatThrownBy(() -> recover(count)).isInstanceOf(UncheckedLogException.class);
        }
    }

    /** As if so many of the newest snapshots had been lost. */
    private StateMachine recover(final int without) {
        final AlteredLog log =
                new AlteredLog(sample.log(), all -> all.subList(Math.min(without, all.size()), all.size()), 0);
        return new StateRecovery(log, random.nextLong(), records -> {}).recover();
    }
}
