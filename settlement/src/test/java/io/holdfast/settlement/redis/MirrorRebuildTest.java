package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.journal.Retention;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answered and not mirrored: what a new process finds in Redis, or does not, is made right from the log. */
class MirrorRebuildTest extends MirrorFixture {
    @Test
    void shouldMirrorWhatWasAnsweredWhenProcessDiedBefore() {
        run.settle();
        run.log.run("place h3 berlin carol GA:1", "release h1", "pay p2 h2 9000 EUR");

        run.restartMirror().settle();

        assertThat(run.redis().keys("holdfast:hold:*")).containsExactly(MirrorRun.holdKey(3));
    }

    @Test
    void shouldBeginFromSnapshotAndGoOnWithTheLog() {
        run.log.run("extend h1 600").snapshot().run("place h3 berlin carol GA:1", "release h2");

        run.settle();
    }

    @Test
    void shouldBeginFromSnapshotWhenHistoryIsTrimmed() {
        run.settle();
        for (int i = 10; i < 400; i++) {
            run.log.run("place h" + i + " berlin buyer-" + i + " GA:1 key=" + "k".repeat(200), "release h" + i);
        }
        for (int i = 1; i <= 3; i++) {
            fill(i * 10_000);
        }
        run.log.snapshot();
        final long position = run.log.log().newestSnapshot().orElseThrow().position();
        run.log.trim(position);

        run.restartMirror().settle();

        assertThat(run.log.log().trimmedBelow()).isPositive();
    }

    @Test
    void shouldBeginFromSnapshotWhenHistoryIsTrimmedUnderItsReader() {
        run.settle();
        for (int i = 1; i <= 8; i++) {
            fill(i * 10_000);
        }
        run.log.run("release h1", "place h3 berlin carol GA:1").snapshot();
        final long position = run.log.log().newestSnapshot().orElseThrow().position();
        final Retention retention = new Retention(run.log.journal(), 0, Optional.empty());
        while (retention.trimOne(position)) {
            // all that is old
        }
        run.log.run("release h2");

        run.settle();

        assertThat(run.log.log().trimmedBelow()).isPositive();
        assertThat(run.mirror().figures().resyncs()).isEqualTo(2);
        assertThat(run.mirror().figures().failures()).isZero();
    }

    private void fill(final int from) {
        for (int i = from; i < from + 1_000; i++) {
            run.log.add(io.holdfast.core.Command.of("place h" + i + " berlin buyer GA:1"));
            run.log.add(io.holdfast.core.Command.of("release h" + i));
        }
        run.log.commit();
    }

    @Test
    void shouldRebuildManyHoldsFromSnapshotAndTail() {
        for (int i = 100; i < 400; i++) {
            run.log.add(io.holdfast.core.Command.of("place h" + i + " berlin buyer-" + i + " GA:1"));
        }
        run.log.snapshot();
        for (int i = 300; i < 400; i++) {
            run.log.add(io.holdfast.core.Command.of(
                    (i % 2 == 0 ? "release h" : "extend h") + i + (i % 2 == 0 ? "" : " 500")));
        }
        run.log.commit();

        run.settle();

        assertThat(run.redis().keys("holdfast:hold:*")).hasSize(252);
        assertThat(run.mirror().figures().keysWritten()).isLessThan(300);
    }
}
