package io.holdfast.embedded;

import java.time.Duration;
import org.awaitility.Awaitility;

/** Looks at processes that are not children of this one. */
final class Processes {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Processes() {}

    /** Whether it runs; one that has ended and is not yet collected by its parent has no command any more. */
    static boolean isRunning(final long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isPresent();
    }

    /** {@code kill -9}; returns when it is gone. */
    static void kill(final long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        awaitEnd(pid);
    }

    static void awaitEnd(final long pid) {
        Awaitility.await().atMost(PATIENCE).until(() -> !isRunning(pid));
    }
}
