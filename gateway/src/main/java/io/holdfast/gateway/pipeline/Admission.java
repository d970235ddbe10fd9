package io.holdfast.gateway.pipeline;

import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PlaceHoldDecoder;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Submission;
import io.holdfast.journal.Journal;

/** Says before the ring what cannot be taken: nothing while stopping, no new hold while the disk is full. Any thread. */
final class Admission {
    private static final int TEMPLATE_ID_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();

    private final Journal journal;
    private volatile boolean isOpen;

    Admission(final Journal journal) {
        this.journal = journal;
    }

    void open() {
        isOpen = true;
    }

    void close() {
        isOpen = false;
    }

    boolean isOpen() {
        return isOpen;
    }

    Submission admit(final Exchange exchange) {
        if (!isOpen) {
            return Submission.UNAVAILABLE;
        }
        if (exchange.isQuery() || !journal.isFull()) {
            return Submission.ACCEPTED;
        }
        return isPlaceHold(exchange) || !journal.hasRoom() ? Submission.JOURNAL_FULL : Submission.ACCEPTED;
    }

    private static boolean isPlaceHold(final Exchange exchange) {
        return exchange.message().getShort(TEMPLATE_ID_OFFSET, MessageHeaderDecoder.BYTE_ORDER)
                == PlaceHoldDecoder.TEMPLATE_ID;
    }
}
