package io.holdfast.gateway.audit;

import org.agrona.DirectBuffer;

/** A tool that needs the state as it was where the journal begins. */
interface SnapshotTaker {
    /** Forgets all it has seen: a snapshot comes, perhaps not the first one that is tried. */
    void beginSnapshot();

    /** Takes the next entry. */
    void takeEntry(DirectBuffer buffer, int offset, int length);

    /**
     * Takes note that all entries came.
     *
     * @throws FaultFoundException when they do not make a whole state
     */
    void endSnapshot();
}
