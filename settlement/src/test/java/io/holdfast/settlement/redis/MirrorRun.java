package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.SampleLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A log, a Redis, and a mirror between them that the test steps. Logical time goes on by itself from where the log is. */
final class MirrorRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final SampleLog log;
    final int port;

    private final long beganNs = System.nanoTime();
    private MirrorFollower mirror;
    private PlainRedis redis;

    MirrorRun(final Path directory, final int port) {
        this.port = port;
        this.log = SampleLog.create(directory);
        this.mirror = mirror(port);
    }

    /** Another mirror of the same log, by whatever road to Redis. */
    MirrorFollower mirror(final int throughPort) {
        return new MirrorFollower(log.log(), new MirrorConfig("redis://127.0.0.1:" + throughPort), this::logicalNowMs);
    }

    long logicalNowMs() {
        return log.driver().timeMs() + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
    }

    MirrorFollower mirror() {
        return mirror;
    }

    /** The process ends as by a crash, and another begins. */
    MirrorRun restartMirror() {
        return restartMirror(port);
    }

    MirrorRun restartMirror(final int throughPort) {
        mirror.close();
        mirror = mirror(throughPort);
        return this;
    }

    PlainRedis redis() {
        if (redis == null) {
            redis = new PlainRedis(port);
        }
        return redis;
    }

    /** After Redis was started again. */
    void reconnect() {
        if (redis != null) {
            redis.close();
        }
        redis = null;
    }

    /** Steps as its thread would, whatever happens, until it follows and Redis holds what it should. */
    MirrorRun settle() {
        return settle(mirror);
    }

    MirrorRun settle(final MirrorFollower follower) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> {
                    step(follower);
                    assertThat(follower.status().condition()).isEqualTo(Condition.FOLLOWING);
                    assertThat(follower.status().sequence()).isEqualTo(log.log().endSequence());
                    assertMirrored();
                });
        return this;
    }

    /** Steps as its thread would until it follows at the log's end, without a look at Redis. */
    void follow() {
        Awaitility.await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            step(mirror);
            assertThat(mirror.status().condition()).isEqualTo(Condition.FOLLOWING);
            assertThat(mirror.status().sequence()).isEqualTo(log.log().endSequence());
        });
    }

    /** Steps until Redis is away for it, and tells why. */
    String stepUntilAway() {
        final String[] why = new String[1];
        Awaitility.await().pollInSameThread().until(() -> {
            why[0] = step(mirror);
            return !why[0].isEmpty();
        });
        assertThat(mirror.status().condition()).isEqualTo(Condition.AWAY);
        return why[0];
    }

    /** One step, and why it failed, or empty. */
    static String step(final MirrorFollower follower) throws InterruptedException {
        try {
            follower.step();
            return "";
        } catch (final FollowerException e) {
            return e.getMessage();
        }
    }

    /** Compares every key of the mirror, and how long it lives. */
    void assertMirrored() {
        final Truth truth = new Truth(log.driver().core());
        final TreeSet<String> keys = redis().keys("holdfast:*");
        assertThat(keys.remove("holdfast:cursor")).isTrue();
        assertThat(keys).isEqualTo(truth.keys.keySet());
        for (final Map.Entry<String, Map<String, String>> each : truth.keys.entrySet()) {
            assertThat(new TreeMap<>(redis().hash(each.getKey())))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
            final Long due = truth.dueAtMs.get(each.getKey());
            final long ttlMs = redis().ttlMs(each.getKey());
            if (due == null) {
                assertThat(ttlMs).isEqualTo(-1);
            } else {
                assertThat(ttlMs)
                        .as("time to live of " + each.getKey())
                        .isBetween(due - logicalNowMs() - 1_000, due - logicalNowMs() + 1_000);
            }
        }
    }

    static String holdKey(final long number) {
        return "holdfast:hold:" + SampleLog.hold(number);
    }

    static String holdKey(final UUID hold) {
        return "holdfast:hold:" + hold;
    }

    @Override
    public void close() {
        mirror.close();
        reconnect();
        log.close();
    }
}
