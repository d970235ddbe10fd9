package io.holdfast.journal;

import java.nio.file.Path;

/** Somebody else has the data directory open to write. */
public final class JournalLockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalLockedException(final Path file, final String holder) {
        super(file + " is locked by " + holder + "; next step: stop it, or use another data directory");
    }
}
