package io.holdfast.perf.ring;

/** What the commands of a load are answered with. */
public enum AnswerMix {
    /** Every one is granted: a new hold each. */
    GRANTED("granted"),
    /** Every one is told that it is sold out. */
    SOLD_OUT("sold-out"),
    /** After the first few each repeats a key, and gets the hold that was granted then. */
    REPLAYS("replays"),
    /** As in a drop: one of ten is granted, nine come too late. */
    DROP("drop");

    private final String label;

    AnswerMix(final String label) {
        this.label = label;
    }

    /** As it is asked for and shown. */
    public String label() {
        return label;
    }
}
