package io.holdfast.journal;

/**
 * No further batch can be begun: the current segment cannot take a maximal one and there is no spare. Nothing
 * was changed; the journal is healthy and goes on once a segment could be made. A caller that asks {@link
 * Journal#hasRoom()} before it begins a batch never sees this.
 */
public final class JournalFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalFullException(final String what) {
        super(what);
    }
}
