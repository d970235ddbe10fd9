package io.holdfast.perf.rehearsal;

/** How buyers' presses ended, besides the server's own codes of refusal. */
final class Verdicts {
    /** A hold. */
    static final String HELD = "held";

    /** Came again as often as somebody does, and was told nothing. */
    static final String GAVE_UP = "gave-up";

    /** Answered with something that no storefront expects. */
    static final String UNEXPECTED = "unexpected";

    private Verdicts() {}
}
