package io.holdfast.settlement.postgres;

import java.util.UUID;

/** The database knows later records than the journal holds: the journal has lost its tail. */
public final class LostTailException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long settledSequence;
    private final long journalSequence;

    LostTailException(final UUID journalId, final long settledSequence, final long journalSequence) {
        super("journal " + journalId + " ends at sequence " + journalSequence + ", but was settled up to "
                + settledSequence + ": its tail is lost. Restore the journal, or start with --accept-lost-tail");
        this.settledSequence = settledSequence;
        this.journalSequence = journalSequence;
    }

    /** The last sequence that was settled. */
    public long settledSequence() {
        return settledSequence;
    }

    /** The last sequence that the journal holds. */
    public long journalSequence() {
        return journalSequence;
    }
}
