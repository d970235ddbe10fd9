package io.holdfast.perf.followers;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Goal;
import io.holdfast.perf.report.Numbers;
import io.holdfast.perf.ring.GrantedHistory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Mirrors holds into an embedded Redis: at a rate, which shows how soon a hold can be seen; as many at once as there are
 * to be; again, into a Redis that has lost them; and compares when it has not. Everything but Redis is in this process.
 */
public final class MirrorBench {
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_SECOND = 1e9;
    private static final int PERCENT = 100;
    private static final int HOLDS_PER_COMMIT = 1_000;

    private final MirrorPlan plan;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /** Counts that have to be as many as there are holds. */
    private final List<String> expected = new ArrayList<>();

    /** @param progress told what is done, a line each */
    public MirrorBench(final MirrorPlan plan, final Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Measures in a workspace, which is the caller's to close. Once only.
     *
     * @throws IOException when Redis or the mirror failed: the message says how
     */
    public FollowerResults run(final Workspace workspace) throws IOException, InterruptedException {
        final MirroredRedis redis =
                workspace.own(MirroredRedis.start(workspace.home().resolve("redis")));
        try (GrantedHistory history = new GrantedHistory(workspace.home().resolve("data"), plan.holds())) {
            follow(history, redis);
            rebuildAll(history, redis);
        }
        final Map<String, String> settings = Map.of(
                "holds", String.valueOf(plan.holds()),
                "rate", String.valueOf(plan.rate()),
                "seconds", String.valueOf(plan.seconds()),
                "file system", workspace.fileSystem());
        final FollowerResults results = new FollowerResults("mirror", settings, figures, counts);
        expected.forEach(name -> results.expect(name, plan.holds()));
        return results;
    }

    private void follow(final GrantedHistory history, final MirroredRedis redis)
            throws IOException, InterruptedException {
        try (RunningMirror mirror = new RunningMirror(history, redis.url())) {
            mirror.awaitCaughtUp();
            final ProcessorTime before = ProcessorTime.now(redis.pid());
            final MirrorLag.Found found = MirrorLag.measure(history, redis, plan);
            final ProcessorTime spent = ProcessorTime.now(redis.pid()).since(before);
            add("at a rate: holds placed", "1/s", Goal.HIGHER, found.holdsPerSecond());
            addLag(found.visibleAfterNs());
            add("at a rate: processor of Redis", "s", Goal.LOWER, spent.redisSeconds());
            progress.accept("at a rate: done");
            final long left = plan.holds() - history.holds();
            final long begunNs = System.nanoTime();
            placeAll(history);
            final double placedSeconds = (System.nanoTime() - begunNs) / NS_PER_SECOND;
            mirror.awaitCaughtUp();
            final double seconds = (System.nanoTime() - begunNs) / NS_PER_SECOND;
            add("at once: holds placed", "1/s", Goal.HIGHER, left / placedSeconds);
            add("at once: holds written", "1/s", Goal.HIGHER, left / seconds);
            found("followed", redis, mirror);
        }
    }

    private void addLag(final Histogram visibleAfterNs) {
        addLag("visible after, p50", visibleAfterNs.getValueAtPercentile(50));
        addLag("visible after, p99", visibleAfterNs.getValueAtPercentile(99));
        addLag("visible after, most", visibleAfterNs.getMaxValue());
    }

    private void addLag(final String name, final long ns) {
        add("at a rate: " + name, "ms", Goal.LOWER, ns / NS_PER_MS);
    }

    private void placeAll(final GrantedHistory history) {
        while (history.holds() < plan.holds()) {
            history.place();
            if (history.holds() % HOLDS_PER_COMMIT == 0) {
                history.commit();
            }
        }
        history.commit();
        progress.accept(Numbers.text(history.holds()) + " holds placed");
    }

    private void rebuildAll(final GrantedHistory history, final MirroredRedis redis)
            throws IOException, InterruptedException {
        redis.flush();
        rebuild("from the log", history, redis).close();
        history.snapshot();
        redis.flush();
        rebuild("from a snapshot", history, redis).close();
        final RunningMirror mirror = rebuild("compared only", history, redis);
        try (mirror) {
            idle(redis);
        }
    }

    /** Starts a mirror, and measures until it has made Redis right. */
    private RunningMirror rebuild(final String how, final GrantedHistory history, final MirroredRedis redis)
            throws IOException {
        final ProcessorTime before = ProcessorTime.now(redis.pid());
        final long begunNs = System.nanoTime();
        final RunningMirror mirror = new RunningMirror(history, redis.url());
        try {
            mirror.awaitCaughtUp();
        } catch (final IOException e) {
            mirror.close();
            throw e;
        }
        final double seconds = (System.nanoTime() - begunNs) / NS_PER_SECOND;
        final ProcessorTime spent = ProcessorTime.now(redis.pid()).since(before);
        add(how + ": time", "s", Goal.LOWER, seconds);
        add(how + ": keys made right", "1/s", Goal.HIGHER, history.holds() / seconds);
        add(how + ": processor of this JVM", "s", Goal.LOWER, spent.jvmSeconds());
        add(how + ": processor of Redis", "s", Goal.LOWER, spent.redisSeconds());
        found(how, redis, mirror);
        progress.accept(how + ": " + Numbers.text(seconds) + " s");
        return mirror;
    }

    /** Notes what the mirror has made of Redis. Keys that it had to set right may be none but late: that is no fault. */
    private void found(final String how, final MirroredRedis redis, final RunningMirror mirror) {
        final String seen = how + ": holds in Redis";
        counts.put(seen, redis.countHolds(plan.holds()));
        counts.put(how + ": keys written", mirror.figures().keysWritten());
        counts.put(how + ": keys set right", mirror.figures().mismatches());
        expected.add(seen);
    }

    /** What the sweep that goes on for ever takes of one processor. */
    private void idle(final MirroredRedis redis) throws InterruptedException {
        final ProcessorTime before = ProcessorTime.now(redis.pid());
        TimeUnit.SECONDS.sleep(plan.seconds());
        final ProcessorTime spent = ProcessorTime.now(redis.pid()).since(before);
        add("idle: this JVM's share of a processor", "%", Goal.LOWER, PERCENT * spent.jvmSeconds() / plan.seconds());
        add("idle: Redis's share of a processor", "%", Goal.LOWER, PERCENT * spent.redisSeconds() / plan.seconds());
    }

    private void add(final String name, final String unit, final Goal goal, final double value) {
        figures.add(SettlementBench.figure(name, unit, goal, value));
    }
}
