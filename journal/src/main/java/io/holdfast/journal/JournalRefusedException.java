package io.holdfast.journal;

import java.nio.file.Path;

/** The journal is not opened as it is: names the file, the offset in it, and what to do next. */
public class JournalRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;
    private final String nextStep;

    public JournalRefusedException(final Path file, final long offset, final String what, final String nextStep) {
        this(file, offset, what, nextStep, null);
    }

    public JournalRefusedException(
            final Path file, final long offset, final String what, final String nextStep, final Throwable cause) {
        super(file + " at offset " + offset + ": " + what + "; next step: " + nextStep, cause);
        this.file = file.toString();
        this.offset = offset;
        this.nextStep = nextStep;
    }

    public Path file() {
        return Path.of(file);
    }

    /** Bytes from the beginning of {@link #file()}. */
    public long offset() {
        return offset;
    }

    public String nextStep() {
        return nextStep;
    }
}
