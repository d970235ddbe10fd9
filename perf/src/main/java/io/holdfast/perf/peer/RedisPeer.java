package io.holdfast.perf.peer;

import io.holdfast.embedded.EmbeddedRedis;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The peer to beat: Netty, Lettuce with one pipelined connection on each event loop, and one Lua script a hold
 * on an embedded
 * Redis of its own.
 *
 * <p>Where there was a choice it is the peer's: no thread changes between HTTP and Redis, a loop's questions go
 * out in one write,
 * what does not change of a drop is not asked for, no command has a timer, the log is not rewritten while it is
 * measured. What it
 * leaves out is left out in its favour: stock does not come back when a hold ends, no payment, no limits at the
 * edge, no audit.
 */
public final class RedisPeer implements Peer {
    /** Pipelined connections to Redis, over all event loops. */
    public static final int CONNECTIONS_DEFAULT = 2;

    private final EmbeddedRedis redis;
    private final PeerServer server;
    private final Map<EventLoop, RedisLoop> loops = new HashMap<>();

    private RedisPeer(final EmbeddedRedis redis, final PeerServer server) {
        this.redis = redis;
        this.server = server;
    }

    /** What is durable when a hold is answered. */
    public enum Persistence {
        /** Synced to the disk, as the product's holds are. */
        ALWAYS("appendonly yes", "appendfsync always"),

        /** Written; synced once a second. */
        EVERYSEC("appendonly yes", "appendfsync everysec"),

        /** Nothing. */
        NONE("appendonly no");

        private final List<String> directives;

        Persistence(final String... directives) {
            this.directives = List.of(directives);
        }
    }

    /**
     * Starts it; returns when it serves.
     *
     * @param port 0 takes a free one
     * @param eventLoops threads; 0 is one for two processors, which is best where Redis has the other
     * @param connections to Redis in all; each event loop has one at least
     * @param directory for what Redis keeps, made if it is not there; nobody else's
     * @throws IOException when it cannot serve; the message says why
     */
    public static RedisPeer start(
            final int port,
            final int eventLoops,
            final int connections,
            final Path directory,
            final Persistence persistence)
            throws IOException {
        final EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, directives(persistence));
        try {
            final RedisPeer peer = new RedisPeer(redis, new PeerServer(eventLoops));
            try {
                peer.serve(port, connections);
                return peer;
            } catch (final IOException | RuntimeException e) {
                peer.closeServer();
                throw e;
            }
        } catch (final IOException | RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    private static List<String> directives(final Persistence persistence) {
        final List<String> directives = new ArrayList<>(persistence.directives);
        directives.add("auto-aof-rewrite-percentage 0");
        return directives;
    }

    private void serve(final int port, final int connections) throws IOException {
        final HoldScript script = HoldScript.load();
        final Map<String, DropDefinition> drops = new ConcurrentHashMap<>();
        final int lanesPerLoop = Math.max(1, connections / server.loopCount());
        for (final EventExecutor each : server.loops()) {
            final EventLoop loop = (EventLoop) each;
            final List<RedisLane> lanes = new ArrayList<>();
            for (int i = 0; i < lanesPerLoop; i++) {
                lanes.add(new RedisLane(loop, redis.url(), script));
            }
            loops.put(loop, new RedisLoop(lanes));
        }
        server.listen(port, loop -> loops.get(loop).newHandler(drops));
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        try {
            closeServer();
        } finally {
            redis.close();
        }
    }

    /** Connections to Redis end while their loops still run. */
    private void closeServer() {
        loops.values().forEach(RedisLoop::closeLanes);
        server.close();
    }
}
