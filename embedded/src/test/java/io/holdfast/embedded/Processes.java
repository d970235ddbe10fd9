package io.holdfast.embedded;

/** Looks at processes that are not children of this one. */
final class Processes {
    private Processes() {}

    /** Whether it runs; one that has ended and is not yet collected by its parent has no command any more. */
    static boolean isRunning(final long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isPresent();
    }
}
