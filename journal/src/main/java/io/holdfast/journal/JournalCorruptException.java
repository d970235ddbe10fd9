package io.holdfast.journal;

import java.nio.file.Path;

/** What was written is not what is read: damage that a crash cannot have made. Nothing is changed on disk. */
public final class JournalCorruptException extends JournalRefusedException {
    private static final long serialVersionUID = 1L;

    static final String NEXT_STEP = "keep a copy of the directory, then restore the file from a backup";

    public JournalCorruptException(final Path file, final long offset, final String what) {
        super(file, offset, what, NEXT_STEP);
    }
}
