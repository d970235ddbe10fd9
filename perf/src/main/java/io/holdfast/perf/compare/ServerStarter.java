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

/** Starts each side in a directory of its own, which goes when the side ends. */
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

    /** Starts one; returns when it serves. */
    Server start(final Side side) throws IOException, InterruptedException {
        started++;
        final Path home = Files.createDirectories(directory.resolve(side.word() + "-" + started));
        final ChildProcess process = ChildProcess.start(home, command(side, home.resolve("data")), variables(side));
        try {
            final Matcher ready = process.awaitSaid(side == Side.HOLDFAST ? PRODUCT_READY : PEER_READY, START_MAX);
            final Optional<URI> management =
                    side == Side.HOLDFAST ? Optional.of(URI.create(ready.group(2))) : Optional.empty();
            return new Server(side, process, URI.create(ready.group(1)), management, keys);
        } catch (final IOException e) {
            process.close();
            throw new IOException(side.title() + " " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            process.close();
            throw e;
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
