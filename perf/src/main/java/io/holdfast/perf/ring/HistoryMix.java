package io.holdfast.perf.ring;

/** What a history is made of. */
public enum HistoryMix {
    /** One drop after the other: 50,000 ask for 5,000 units, most are told that it is sold out, most of the others pay. */
    DROP("drop"),
    /** Eight drops with enough for everybody: six commands of ten are granted a hold, the others pay, release, extend. */
    GRANTED("granted");

    private final String label;

    HistoryMix(final String label) {
        this.label = label;
    }

    /** As it is asked for and shown. */
    public String label() {
        return label;
    }
}
