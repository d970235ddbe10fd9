package io.holdfast.perf.ring;

import java.util.function.ToLongFunction;

/**
 * The parts of a command's time. They follow each other without a gap: for each command their sum is its total, from when
 * it was due to when its answer was handed over.
 */
public enum Stage {
    /** Due, and not submitted yet: the producer was late. The measurement's own, and no part of the pipeline. */
    PRODUCER("producer late", ticket -> ticket.submittedNs - ticket.dueNs),
    /** In the ring until the writer turned to it. */
    QUEUEING("queueing", ticket -> ticket.takenNs - ticket.submittedNs),
    /** Decided, and encoded into the batch. */
    DECIDE("decide", ticket -> ticket.decidedNs - ticket.takenNs),
    /** Decided, while others of its batch still were not. */
    JOURNAL_WAIT("journal wait", ticket -> ticket.commitNs - ticket.decidedNs),
    /** Checksum, write and fdatasync of its batch, as this command experienced it: whole. */
    SYNC("write and sync", ticket -> ticket.durableNs - ticket.commitNs),
    /** Durable, until the handler was called on the producer's thread. The end is given, not read from the ticket. */
    ANSWER("answer", ticket -> -ticket.durableNs);

    private final String label;
    private final ToLongFunction<Ticket> span;

    Stage(final String label, final ToLongFunction<Ticket> span) {
        this.label = label;
        this.span = span;
    }

    /** As it is shown. */
    public String label() {
        return label;
    }

    /** Nanoseconds that the command spent here. */
    long ns(final Ticket ticket, final long answeredNs) {
        return this == ANSWER ? answeredNs - ticket.durableNs : span.applyAsLong(ticket);
    }
}
