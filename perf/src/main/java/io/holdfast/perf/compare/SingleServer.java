package io.holdfast.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The product without its peers, as an operator runs it, and wrk to drive it: for those who look into what it
 * does under load. Leaves nothing behind. For one thread.
 */
public final class SingleServer implements AutoCloseable {
    private static final String DIRECTORY_PREFIX = "holdfast-single-";
    private static final String EMBEDDED = "data/embedded";

    /** More stock than any run asks for; as much as the product lets one SKU have. */
    private static final long PLENTY = 10_000_000;

    private final ServerClient client = new ServerClient();
    private final Path directory;
    private final Wrk wrk;
    private final Server server;

    private SingleServer(final Path directory, final Wrk wrk, final Server server) {
        this.directory = directory;
        this.wrk = wrk;
        this.server = server;
    }

    /**
     * What came of one run of wrk.
     *
     * @param requests answered
     * @param seconds that it took
     * @param refused of the requests: those that got no hold
     * @param failed what was not answered
     * @param generatorSeconds processor time of wrk
     */
    public record Load(long requests, double seconds, long refused, long failed, double generatorSeconds) {}

    /**
     * Starts one on a new data directory.
     *
     * @param parent where that is made: on a real disk
     * @param program where wrk is installed
     * @throws IOException saying why it does not serve
     */
    public static SingleServer start(final Path parent, final Path program) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory(Files.createDirectories(parent), DIRECTORY_PREFIX);
        ServerStarter.Starting starting = null;
        boolean isServing = false;
        try {
            Disk.refuseMemory(directory);
            final ServerStarter starter = new ServerStarter(directory, new PeerOptions(List.of(), 0, 0, "always"));
            starting = starter.start(Side.HOLDFAST);
            final Server server = starter.await(starting);
            isServing = true;
            return new SingleServer(directory, new Wrk(program), server);
        } finally {
            if (!isServing) {
                if (starting != null) {
                    starting.process().close();
                }
                Files.deleteIfExists(directory);
            }
        }
    }

    public long pid() {
        return server.pid();
    }

    /** What its embedded stores have in their command lines, and no other process has. */
    public String storesDirectory() {
        return server.directory().resolve(EMBEDDED).toString();
    }

    /** The words that it was started with. */
    public List<String> commandLine() throws IOException {
        return ProcessFigures.commandLine(server.pid());
    }

    /** Makes a drop that does not sell out. */
    public void makeDrop(final String name) throws IOException, InterruptedException {
        client.makeDrop(server, name, PLENTY);
    }

    /** Asks for holds in a drop for so many whole seconds, each connection again as soon as it is answered. */
    public Load drive(final String drop, final int connections, final Duration duration)
            throws IOException, InterruptedException {
        final double before = ProcessFigures.endedChildrenCpuSeconds();
        final Wrk.Result result = wrk.run(server, drop, connections, duration);
        return new Load(
                result.requests(),
                result.seconds(),
                result.refused(),
                result.failed(),
                ProcessFigures.endedChildrenCpuSeconds() - before);
    }

    /** What it counts, as Prometheus reads it. */
    public String metrics() throws IOException, InterruptedException {
        return client.metrics(server);
    }

    /** Waits until no follower is behind; returns the seconds that it took, or fails after two minutes. */
    public double awaitCaughtUp() throws IOException, InterruptedException {
        return client.awaitCaughtUp(server, Comparison.CAUGHT_UP_MAX);
    }

    /** What a write and sync of so many bytes takes on its disk, µs: the median of so many, one after the other. */
    public double syncUs(final int length, final int syncs) throws IOException {
        return Disk.syncP50Us(directory, length, syncs);
    }

    @Override
    public void close() {
        server.process().close();
        try {
            Files.deleteIfExists(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException(directory + " is left", e);
        }
    }
}
