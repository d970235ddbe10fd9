package io.holdfast.settlement.postgres;

/**
 * What the cursor's row says of a tail that the journal lost.
 *
 * @param foundSequence up to where the journal was settled that is lost, where nothing but this tells of it a second time;
 *     0 when there is no such loss, or it was accepted
 * @param acceptedSequence up to here rows of a history stand that was accepted as lost; 0 once settlement has passed it
 */
record Loss(long foundSequence, long acceptedSequence) {
    static final Loss NONE = new Loss(0, 0);

    boolean isFound() {
        return foundSequence > 0;
    }

    Loss found(final long sequence) {
        return new Loss(sequence, acceptedSequence);
    }

    Loss accepted(final long sequence) {
        return new Loss(0, Math.max(acceptedSequence, sequence));
    }

    /** What is left of it when settlement is there. */
    Loss passed(final long sequence) {
        return acceptedSequence > sequence ? this : new Loss(foundSequence, 0);
    }
}
