package io.holdfast.journal;

import java.nio.file.Path;

/** The journal is sound, and no record or batch begins at the position: it lies beyond the end, or within one. */
public final class JournalPositionException extends JournalRefusedException {
    private static final long serialVersionUID = 1L;

    JournalPositionException(final Path file, final long offset, final String what, final String nextStep) {
        super(file, offset, what, nextStep);
    }
}
