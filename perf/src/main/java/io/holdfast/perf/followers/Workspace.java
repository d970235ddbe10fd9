package io.holdfast.perf.followers;

import io.holdfast.perf.ring.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A directory for one measurement, and what runs in it: all of it ends and is deleted with {@link #close()}, or with a
 * signal. For one thread but for {@link #close()}.
 */
public final class Workspace implements AutoCloseable {
    private static final String PREFIX = "holdfast-bench-";
    private static final long DELETE_MAX_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long DELETE_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path home;
    private final Thread onSignal = new Thread(this::end, "bench-clean-up");

    /** The last one first, as they are ended. Guarded by this. */
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private boolean isEnded;

    private Workspace(final Path home) {
        this.home = home;
    }

    /**
     * Makes one.
     *
     * @param below where, made if it is not there; empty for the system's temporary directory
     * @throws IOException when it cannot be made; the message names it
     */
    public static Workspace create(final Optional<Path> below) throws IOException {
        final Workspace workspace = new Workspace(
                below.isPresent()
                        ? Files.createTempDirectory(Files.createDirectories(below.get()), PREFIX)
                        : Files.createTempDirectory(PREFIX));
        Runtime.getRuntime().addShutdownHook(workspace.onSignal);
        return workspace;
    }

    Path home() {
        return home;
    }

    /** What kind of file system it lies on. */
    String fileSystem() throws IOException {
        return Files.getFileStore(home).type();
    }

    /** Ends it with this; its own closing may come first. */
    synchronized <T extends AutoCloseable> T own(final T started) {
        running.push(started);
        return started;
    }

    /** What cannot be ended must not keep the others from it. */
    private synchronized void end() {
        if (isEnded) {
            return;
        }
        isEnded = true;
        IOException failure = null;
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (final Exception e) {
                failure = with(failure, e);
            }
        }
        try {
            delete();
        } catch (final IOException | UncheckedIOException e) {
            failure = with(failure, e);
        }
        if (failure != null) {
            throw new UncheckedIOException(home + " was not cleaned up: " + failure.getMessage(), failure);
        }
    }

    /** A store of a process that was told to end ends a moment after it, and writes until then. */
    private void delete() throws IOException {
        final long deadlineNs = System.nanoTime() + DELETE_MAX_NS;
        while (true) {
            try {
                Directories.delete(home);
                return;
            } catch (final IOException | UncheckedIOException e) {
                if (System.nanoTime() - deadlineNs > 0) {
                    throw e;
                }
                LockSupport.parkNanos(DELETE_AGAIN_NS);
            }
        }
    }

    private static IOException with(final IOException before, final Exception e) {
        if (before == null) {
            return new IOException(e.getMessage(), e);
        }
        before.addSuppressed(e);
        return before;
    }

    /**
     * Ends what runs here, and deletes all of it. May be called more than once.
     *
     * @throws UncheckedIOException naming what is left behind
     */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (final IllegalStateException e) {
            return; // a signal ends the process, and the hook did the same
        }
    }
}
