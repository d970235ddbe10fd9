package io.holdfast.perf.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel lets a thread oversleep by 50 microseconds, to wake several at once, unless the thread says otherwise. */
final class TimerSlack {
    private static final Path THREAD = Path.of("/proc/thread-self");
    private static final String LEAST_NS = "1";

    private TimerSlack() {}

    /**
     * Asks that the calling thread be woken on time.
     *
     * @return whether the system knows of such a thing, and does it
     */
    static boolean least() {
        try {
            final Path thread = Files.readSymbolicLink(THREAD).getFileName();
            Files.writeString(Path.of("/proc", thread.toString(), "timerslack_ns"), LEAST_NS);
            return true;
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
