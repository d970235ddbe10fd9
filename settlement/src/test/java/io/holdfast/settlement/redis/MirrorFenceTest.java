package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.SampleLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Late, reordered and foreign writes have no effect. */
class MirrorFenceTest extends MirrorFixture {
    @Test
    void shouldWriteNothingWhenTokenIsOld() throws Exception {
        final MirrorStore late = new MirrorStore(
                new MirrorConfig("redis://127.0.0.1:" + run.port), run.log.log().id(), new MirrorFigures());
        late.connect();
        run.settle();
        final WriteBatch batch = new WriteBatch();
        batch.delete(SampleLog.hold(1).getMostSignificantBits(), 1);
        batch.deleteStock("berlin");

        assertThatThrownBy(() -> late.write(batch)).isInstanceOf(MirrorLostException.class);

        late.close();
        run.assertMirrored();
    }

    @Test
    void shouldLeaveLaterStateWhenAnOlderWriteArrives() throws Exception {
        run.log.run("extend h1 600");
        run.settle();
        final MirrorStore store = new MirrorStore(
                new MirrorConfig("redis://127.0.0.1:" + run.port), run.log.log().id(), new MirrorFigures());
        store.connect();
        final byte[] old = text("2", "2096-10-02T07:11:40.000Z");
        final byte[] older = text("1", "2029-01-15T08:05:00.000Z");
        final WriteBatch batch = new WriteBatch();
        batch.write(SampleLog.hold(1).getMostSignificantBits(), 1, 1_000, old, 0, old.length);
        batch.write(SampleLog.hold(2).getMostSignificantBits(), 2, 1_000, older, 0, older.length);

        final List<byte[]> refused = store.write(batch);

        store.close();
        assertThat(refused).hasSize(2);
        run.assertMirrored();
    }

    private static byte[] text(final String sequence, final String expiresAt) {
        return ("[]\nberlin\nmallory\nHELD\n" + sequence + "\n" + expiresAt).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldTakeThePenBackWhenAnotherWriterHadIt() {
        run.settle();
        run.redis().ask("HSET", "holdfast:cursor", "writer", "another:1");
        run.redis().ask("DEL", MirrorRun.holdKey(1));
        run.log.run("place h3 berlin carol GA:1");

        run.settle();

        assertThat(run.mirror().status().isDegraded()).isFalse();
        assertThat(run.redis().hash("holdfast:cursor").get("writer")).isNotEqualTo("another:1");
    }

    @Test
    void shouldRestWhenAnotherServerTakesThePenAgainAndAgain() {
        run.settle();
        final long began = System.nanoTime();
        final long resyncs;
        try (MirrorFollower other = run.mirror(run.port)) {
            Awaitility.await().pollInSameThread().until(() -> {
                MirrorRun.step(run.mirror());
                MirrorRun.step(other);
                return System.nanoTime() - began > 3_000_000_000L;
            });
            resyncs = run.mirror().figures().resyncs() + other.figures().resyncs();
            assertThat(List.of(run.mirror().status(), other.status()))
                    .anyMatch(status -> status.condition() == Condition.AWAY
                            && status.detail().contains("another server"));
        }

        assertThat(resyncs).isLessThan(12);
        run.settle();
    }
}
