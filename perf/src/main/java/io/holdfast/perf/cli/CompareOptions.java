package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.DurationConverter;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.compare.ComparePlan;
import io.holdfast.perf.compare.PeerOptions;
import io.holdfast.perf.compare.Rows;
import io.holdfast.perf.compare.Side;
import io.holdfast.perf.load.Descriptors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** What {@code bench compare} measures, and how. */
final class CompareOptions {
    private static final int ROUNDS_MAX = 1_000;
    private static final int USERS_MAX = 1_000_000;
    private static final int EVENT_LOOPS_MAX = 256;
    private static final Set<String> FSYNC = Set.of("always", "everysec", "none");

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "ROW",
            description =
                    "idle, saturation, sold-out, open-5000 (or another rate), storm, drop, memory, allocation (all).")
    private List<String> rows = Rows.ALL;

    @Option(
            names = "--sides",
            split = ",",
            paramLabel = "SIDE",
            description = "bare-netty, holdfast, redis, in the order of their turns (all).")
    private List<String> sides = List.of("bare-netty", "holdfast", "redis");

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Turns of each side; many short ones differ less from run to run (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "3s",
            description = "Of a turn under load, whole seconds (${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "20s",
            description = "Before it, whole seconds; 0s for none (${DEFAULT-VALUE}).")
    private Duration warmUp;

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "30s",
            description = "How long an idle server is watched (${DEFAULT-VALUE}).")
    private Duration idle;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "256",
            description = "Kept alive under load (${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "50000",
            description = "In storm and drop, for a tenth of whom there is stock (${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--storm-open",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Most of them that are connected at a time (${DEFAULT-VALUE}).")
    private int stormOpen;

    @Option(
            names = "--idle-connections",
            paramLabel = "N",
            defaultValue = "15000",
            description = "Whose memory is measured (${DEFAULT-VALUE}).")
    private int idleConnections;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where data is kept while it is measured, on a real disk (the temporary directory).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--peer-java-opts",
            paramLabel = "FLAGS",
            defaultValue = "-XX:+UseSerialGC -Xmx1g -Dio.netty.leakDetection.level=disabled",
            description = "Of the peers' JVMs; the product takes HOLDFAST_JAVA_OPTS (${DEFAULT-VALUE}).")
    private String peerJavaFlags;

    @Option(
            names = "--bare-event-loops",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads of bare Netty; 0 is one for two processors, as with the product (${DEFAULT-VALUE}).")
    private int bareEventLoops;

    @Option(
            names = "--redis-event-loops",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads of Netty + Redis; 0 is one for two processors (${DEFAULT-VALUE}).")
    private int redisEventLoops;

    @Option(
            names = "--redis-fsync",
            paramLabel = "WHEN",
            defaultValue = "always",
            description = "always, everysec or none: what Redis syncs (${DEFAULT-VALUE}).")
    private String redisFsync;

    /** @throws UsageException naming the flag that is wrong */
    ComparePlan plan() {
        for (final String row : rows) {
            if (!Rows.isKnown(row)) {
                throw new UsageException("--rows", "there is no row '" + row + "': " + String.join(", ", Rows.ALL));
            }
        }
        check("--rounds", rounds, 1, ROUNDS_MAX);
        check("--connections", connections, 1, Descriptors.connectionsMax());
        check("--users", users, 1, USERS_MAX);
        check("--storm-open", stormOpen, 1, Descriptors.connectionsMax());
        check("--idle-connections", idleConnections, 1, Descriptors.connectionsMax());
        return new ComparePlan(
                rows,
                sides(),
                new ComparePlan.Pace(
                        rounds,
                        wholeSeconds("--duration", duration),
                        warmUp.isZero() ? warmUp : wholeSeconds("--warm-up", warmUp),
                        idle),
                new ComparePlan.Crowd(connections, users, stormOpen, idleConnections),
                directory.toAbsolutePath(),
                peers());
    }

    private List<Side> sides() {
        final List<Side> found = new ArrayList<>();
        for (final String word : sides) {
            try {
                found.add(Side.of(word));
            } catch (final IllegalArgumentException e) {
                throw new UsageException("--sides", e.getMessage());
            }
        }
        if (Set.copyOf(found).size() < found.size()) {
            throw new UsageException("--sides", "each has one turn in a round");
        }
        return found;
    }

    private PeerOptions peers() {
        check("--bare-event-loops", bareEventLoops, 0, EVENT_LOOPS_MAX);
        check("--redis-event-loops", redisEventLoops, 0, EVENT_LOOPS_MAX);
        final String fsync = redisFsync.toLowerCase(Locale.ROOT);
        if (!FSYNC.contains(fsync)) {
            throw new UsageException("--redis-fsync", "'" + redisFsync + "' is none of always, everysec and none");
        }
        final List<String> flags = List.of(peerJavaFlags.strip().split("\\s+"));
        return new PeerOptions(peerJavaFlags.isBlank() ? List.of() : flags, bareEventLoops, redisEventLoops, fsync);
    }

    private static Duration wholeSeconds(final String flag, final Duration duration) {
        if (duration.toSeconds() < 1 || duration.getNano() != 0) {
            throw new UsageException(flag, duration.toMillis() + "ms: whole seconds are needed, one at least");
        }
        return duration;
    }

    private static void check(final String flag, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new UsageException(flag, value + " is not from " + min + " to " + max);
        }
    }
}
