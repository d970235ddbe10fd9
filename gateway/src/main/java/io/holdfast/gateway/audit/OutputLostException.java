package io.holdfast.gateway.audit;

import java.io.IOException;

/** What was to be printed could not be: the reader of a pipe went away, or a disk is full. */
public final class OutputLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputLostException(final IOException cause) {
        super("cannot write standard output: " + cause.getMessage(), cause);
    }

    /** Whether the reader has simply seen enough, as {@code head} does. */
    public boolean isReaderGone() {
        return "Broken pipe".equals(getCause().getMessage());
    }
}
