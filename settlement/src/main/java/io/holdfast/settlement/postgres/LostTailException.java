package io.holdfast.settlement.postgres;

import java.time.Instant;
import java.util.UUID;

/** The database knows records that the journal does not hold: the journal has lost its tail. */
public final class LostTailException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long settledSequence;
    private final long journalSequence;

    private LostTailException(final String message, final long settledSequence, final long journalSequence) {
        super(message);
        this.settledSequence = settledSequence;
        this.journalSequence = journalSequence;
    }

    /** The journal ends before what was settled, or did when the process began. */
    static LostTailException ahead(final UUID journalId, final long settledSequence, final long journalSequence) {
        return new LostTailException(
                "journal " + journalId + " ends at sequence " + journalSequence + ", but was settled up to "
                        + settledSequence + ": its tail is lost. Restore the journal, or start with --accept-lost-tail",
                settledSequence,
                journalSequence);
    }

    /** The journal holds something else in the place of what was settled. */
    static LostTailException replaced(
            final UUID journalId, final long settledSequence, final Mark mark, final long journalSequence) {
        return new LostTailException(
                "journal " + journalId + " was settled up to sequence " + settledSequence + ", a record of "
                        + Instant.ofEpochMilli(mark.timeMs()) + ", and does not hold that record any more: its tail is"
                        + " lost, and it has gone on to sequence " + journalSequence + " without Postgres. Restore the"
                        + " journal that was settled, or start with --accept-lost-tail to settle what this one holds",
                settledSequence,
                journalSequence);
    }

    /** The same, where the record that it was settled up to is not known. */
    static LostTailException replaced(final UUID journalId, final long settledSequence, final long journalSequence) {
        return new LostTailException(
                "journal " + journalId + " was settled up to sequence " + settledSequence
                        + ", and does not hold what was"
                        + " settled any more: its tail is lost, and it has gone on to sequence " + journalSequence
                        + " without Postgres. Restore the journal that was settled, or start with --accept-lost-tail to"
                        + " settle what this one holds",
                settledSequence,
                journalSequence);
    }

    /** The last sequence that was settled. */
    public long settledSequence() {
        return settledSequence;
    }

    /** The last sequence that the journal holds, or held when the process began. */
    public long journalSequence() {
        return journalSequence;
    }
}
