package io.holdfast.gateway.sequencer;

/** What became of an exchange that was submitted. */
public enum Submission {
    /** It is ordered and will be completed exactly once; until then it belongs to the sequencer. */
    ACCEPTED,
    /** No room now: nothing happened, and a later try may succeed. */
    OVERLOADED,
    /** The journal has no room for this kind of command: nothing happened; others go on. */
    JOURNAL_FULL,
    /** The sequencer is stopping or has halted: nothing happened. */
    UNAVAILABLE
}
