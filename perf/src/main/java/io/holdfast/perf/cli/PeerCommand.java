package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.compare.Directories;
import io.holdfast.perf.peer.BarePeer;
import io.holdfast.perf.peer.Peer;
import io.holdfast.perf.peer.RedisPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code bench peer}: one peer, until a signal ends it. What {@code bench compare} starts; not for people, so
 * help hides it.
 */
@Command(
        name = "peer",
        hidden = true,
        sortOptions = false,
        description = "Runs one server that Holdfast is compared with, until a signal ends it.")
final class PeerCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;
    private static final int EVENT_LOOPS_MAX = 256;
    private static final int CONNECTIONS_MAX = 256;

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "PEER",
            description = "bare-netty: a constant answer; redis: Netty and Lettuce.")
    private String kind;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "0 takes a free one.")
    private int port;

    @Option(
            names = "--event-loops",
            paramLabel = "COUNT",
            defaultValue = "0",
            description = "Threads; 0 is one for two processors (${DEFAULT-VALUE}).")
    private int eventLoops;

    @Option(
            names = "--body-bytes",
            paramLabel = "COUNT",
            defaultValue = "" + BarePeer.BODY_LENGTH_DEFAULT,
            description = "bare-netty: length of the answer's body (${DEFAULT-VALUE}).")
    private int bodyLength;

    @Option(
            names = "--connections",
            paramLabel = "COUNT",
            defaultValue = "" + RedisPeer.CONNECTIONS_DEFAULT,
            description = "redis: pipelined ones to Redis, over all threads (${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--fsync",
            paramLabel = "WHEN",
            defaultValue = "always",
            description = "redis: always, everysec or none (${DEFAULT-VALUE}).")
    private String fsync;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "redis: what it keeps, on a real disk (a temporary directory, deleted at the end).")
    private Path directory;

    @Mixin
    private HelpOption help;

    PeerCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        check("--port", port, 0, PORT_MAX);
        check("--event-loops", eventLoops, 0, EVENT_LOOPS_MAX);
        check("--connections", connections, 1, CONNECTIONS_MAX);
        check("--body-bytes", bodyLength, 0, BarePeer.BODY_LENGTH_MAX);
        final Path made;
        final Peer peer;
        try {
            made = directory == null && "redis".equals(kind) ? Files.createTempDirectory("holdfast-peer-") : null;
            peer = start(made == null ? directory : made);
        } catch (final IOException e) {
            console.say(e.getMessage());
            return ExitStatus.CANNOT_START;
        }
        final CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(peer, made, ended), "stop-on-signal"));
        console.say("serving http://127.0.0.1:" + peer.port() + " (" + kind + ")");
        ended.await();
        return ExitStatus.OK;
    }

    private Peer start(final Path home) throws IOException {
        return switch (kind) {
            case "bare-netty" -> BarePeer.start(port, eventLoops, bodyLength);
            case "redis" -> RedisPeer.start(port, eventLoops, connections, home, persistence());
            default -> throw new UsageException("there is no peer '" + kind + "': bare-netty or redis");
        };
    }

    private RedisPeer.Persistence persistence() {
        try {
            return RedisPeer.Persistence.valueOf(fsync.toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException e) {
            throw new UsageException("--fsync", "'" + fsync + "' is none of always, everysec and none");
        }
    }

    private void end(final Peer peer, final Path made, final CountDownLatch ended) {
        peer.close();
        if (made != null) {
            try {
                Directories.delete(made);
            } catch (final IOException e) {
                console.say("left behind: " + e.getMessage());
            }
        }
        ended.countDown();
    }

    private static void check(final String flag, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new UsageException(flag, value + " is not from " + min + " to " + max);
        }
    }
}
