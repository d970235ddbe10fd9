package io.holdfast.perf.compare;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts sides, each in a directory of its own that goes when the side ends. */
final class ServerStarter {
    private static final Duration START_MAX = Duration.ofSeconds(120);
    private static final int KEY_LENGTH = 24;
    private static final Pattern PEER_READY = Pattern.compile("serving (http://\\S+) \\(");
    private static final Pattern PRODUCT_READY =
            Pattern.compile("serving (http://\\S+) \\(management (http://\\S+)\\)");

    private final Path directory;
    private final PeerOptions peers;
    private final Server.Keys keys = new Server.Keys(newKey(), newKey());

    private int started;

    /** @param directory of this run, made anew if it is not there; goes when none of its sides is left */
    ServerStarter(final Path directory, final PeerOptions peers) {
        this.directory = directory;
        this.peers = peers;
    }

    /** One that has been started, and may not serve yet. */
    record Starting(Side side, ChildProcess process, Path directory) {}

    /** Starts one, in a directory of its own. */
    Starting start(final Side side) throws IOException {
        started++;
        final Path home = Files.createDirectories(directory.resolve(side.word() + "-" + started));
        final ChildProcess process = ChildProcess.start(home, command(side, home.resolve("data")), variables(side));
        return new Starting(side, process, home);
    }

    /**
     * Waits until it serves.
     *
     * @throws IOException with what it said, when it does not
     */
    Server await(final Starting starting) throws IOException, InterruptedException {
        final Side side = starting.side();
        final boolean isProduct = side == Side.HOLDFAST;
        try {
            final Matcher ready = starting.process().awaitSaid(isProduct ? PRODUCT_READY : PEER_READY, START_MAX);
            return new Server(
                    side,
                    starting.process(),
                    starting.directory(),
                    URI.create(ready.group(1)),
                    isProduct ? Optional.of(URI.create(ready.group(2))) : Optional.empty(),
                    keys);
        } catch (final IOException e) {
            throw new IOException(side.title() + " " + e.getMessage(), e);
        }
    }

    private List<String> command(final Side side, final Path data) {
        return switch (side) {
            case HOLDFAST ->
                Launch.product(List.of(
                        "serve", "--dev", "--port", "0", "--management-port", "0", "--data-dir", data.toString()));
            case BARE ->
                Launch.peer(
                        peers.javaFlags(),
                        List.of("bare-netty", "--event-loops", Integer.toString(peers.bareEventLoops())));
            case REDIS ->
                Launch.peer(
                        peers.javaFlags(),
                        List.of(
                                "redis",
                                "--event-loops",
                                Integer.toString(peers.redisEventLoops()),
                                "--fsync",
                                peers.redisFsync(),
                                "--data-dir",
                                data.toString()));
        };
    }

    private Map<String, String> variables(final Side side) {
        return side == Side.HOLDFAST
                ? Map.of("HOLDFAST_API_KEY", keys.api(), "HOLDFAST_ADMIN_KEY", keys.admin())
                : Map.of();
    }

    private static String newKey() {
        final byte[] bytes = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
