package io.holdfast.perf.ring;

/** What a producer of an open loop does while nothing is due and no answer is there. */
public enum ProducerWait {
    /** Sleeps until something is due or an answer wakes it, as an event loop does; its timer is 50 µs and more late. */
    PARK,
    /** Looks on: precise, and takes a processor of its own. */
    SPIN
}
