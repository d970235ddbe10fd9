package io.holdfast.settlement.redis;

import io.holdfast.core.Command;
import io.holdfast.embedded.EmbeddedRedis;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.follow.FollowerThread;
import io.holdfast.settlement.log.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * What the mirror costs, and how soon it shows what was answered. Run it as a program, with a directory to work in and how
 * many live holds to rebuild; it prints a line a figure.
 */
final class MirrorMeasurement implements AutoCloseable {
    private static final int SEGMENT_LENGTH = 64 * 1024 * 1024;
    private static final int HOLDS_PER_SECOND = 5_000;
    private static final int SECONDS = 10;
    private static final int TICKS_PER_SECOND = 100;
    private static final long CLOCK_TICKS_PER_SECOND = 100;

    private final EmbeddedRedis server;
    private final SampleLog log;
    private final PlainRedis redis;
    private final long beganNs = System.nanoTime();
    private long hold;

    private MirrorMeasurement(final Path directory) throws IOException {
        server = EmbeddedRedis.start(directory.resolve("redis"));
        redis = new PlainRedis(server.port());
        log = SampleLog.create(directory.resolve("data"), SEGMENT_LENGTH);
        log.run("rules live=10000000", "create berlin GA=10000000 hold=86400 maxhold=86400");
    }

    public static void main(final String[] args) throws Exception {
        final Path directory = Files.createDirectories(Path.of(args[0]));
        try (MirrorMeasurement measurement = new MirrorMeasurement(directory)) {
            measurement.visibleAfter();
            measurement.rebuild(Integer.parseInt(args[1]));
        }
    }

    private long logicalNowMs() {
        return Command.START_MS + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
    }

    private MirrorFollower mirror() {
        return new MirrorFollower(log.log(), new MirrorConfig(server.url()), this::logicalNowMs);
    }

    private void place(final int count) {
        for (int i = 0; i < count; i++) {
            log.add(Command.place(++hold, "berlin", "buyer-" + hold, "", new Command.Item("GA", 1)));
        }
        log.commit();
    }

    private void visibleAfter() throws Exception {
        final MirrorFollower mirror = mirror();
        final FollowerThread thread = new FollowerThread(mirror, 5, Throwable::printStackTrace);
        thread.start();
        await(mirror);
        final long[] latencyNs = new long[SECONDS * TICKS_PER_SECOND];
        final long cpuMs = cpuMs("self");
        final long redisCpuMs = cpuMs(Long.toString(server.pid()));
        long nextNs = System.nanoTime();
        for (int tick = 0; tick < latencyNs.length; tick++) {
            LockSupport.parkNanos(nextNs - System.nanoTime());
            nextNs += TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;
            place(HOLDS_PER_SECOND / TICKS_PER_SECOND);
            final long durableNs = System.nanoTime();
            while ((Long) redis.ask("EXISTS", MirrorRun.holdKey(hold)) == 0) {
                LockSupport.parkNanos(200_000);
            }
            latencyNs[tick] = System.nanoTime() - durableNs;
        }
        Arrays.sort(latencyNs);
        System.out.printf(
                "visible after, at %d holds/s or what the machine gave: p50 %.1f ms, p99 %.1f ms, max %.1f ms; "
                        + "processor of this JVM %d ms, of Redis %d ms%n",
                HOLDS_PER_SECOND,
                latencyNs[latencyNs.length / 2] / 1e6,
                latencyNs[latencyNs.length * 99 / 100] / 1e6,
                latencyNs[latencyNs.length - 1] / 1e6,
                cpuMs("self") - cpuMs,
                cpuMs(Long.toString(server.pid())) - redisCpuMs);
        stop(thread);
    }

    private void rebuild(final int holds) throws Exception {
        for (int left = holds - (int) hold; left > 0; left -= 1_000) {
            place(Math.min(left, 1_000));
        }
        redis.ask("FLUSHALL");
        rebuild(holds, "from the log, Redis empty");
        log.snapshot();
        redis.ask("FLUSHALL");
        rebuild(holds, "from a snapshot, Redis empty");
        rebuild(holds, "from a snapshot, Redis right already");
    }

    private void rebuild(final int holds, final String how) throws Exception {
        final long cpuMs = cpuMs("self");
        final long redisCpuMs = cpuMs(Long.toString(server.pid()));
        final long beforeNs = System.nanoTime();
        final MirrorFollower mirror = mirror();
        final FollowerThread thread = new FollowerThread(mirror, 5, Throwable::printStackTrace);
        thread.start();
        await(mirror);
        System.out.printf(
                "%d live holds %s: %.2f s, %d keys written; processor of this JVM %d ms, of Redis %d ms%n",
                holds,
                how,
                (System.nanoTime() - beforeNs) / 1e9,
                mirror.figures().keysWritten(),
                cpuMs("self") - cpuMs,
                cpuMs(Long.toString(server.pid())) - redisCpuMs);
        stop(thread);
    }

    private void await(final MirrorFollower mirror) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> mirror.status().condition() == Condition.FOLLOWING
                        && mirror.status().sequence() == log.log().endSequence());
    }

    private static void stop(final FollowerThread thread) throws InterruptedException {
        thread.stop(1_000);
        thread.awaitEnd(5_000);
    }

    /** Processor time of a process so far, from proc(5). */
    private static long cpuMs(final String process) throws IOException {
        final String stat = Files.readString(Path.of("/proc", process, "stat"));
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1_000 / CLOCK_TICKS_PER_SECOND;
    }

    @Override
    public void close() {
        redis.close();
        log.close();
        server.close();
    }
}
