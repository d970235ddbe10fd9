package io.holdfast.journal;

/**
 * A write or a sync of the journal failed, and with it the journal, for good. What was in the batch may or
 * may not be on disk; the next start tells. A failed sync is never tried again: a second one can succeed over
 * pages that were lost (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
 */
public final class JournalFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalFailedException(final String what, final Throwable cause) {
        super(what, cause);
    }
}
