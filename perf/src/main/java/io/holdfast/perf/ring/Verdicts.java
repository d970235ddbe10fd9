package io.holdfast.perf.ring;

import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.gateway.sequencer.Exchange;

/** Counts what came back. The producer's own; read by others once it has ended. */
final class Verdicts {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandRejectedDecoder rejected = new CommandRejectedDecoder();

    private long granted;
    private long replayed;
    private long soldOut;
    private long otherwiseRefused;
    private long undecided;

    void count(final Exchange exchange) {
        if (!exchange.isAnswered()) {
            undecided++;
        } else if (exchange.answer().templateId() == HoldImageDecoder.TEMPLATE_ID) {
            if (exchange.answer().repeated()) {
                replayed++;
            } else {
                granted++;
            }
        } else if (isSoldOut(exchange)) {
            soldOut++;
        } else {
            otherwiseRefused++;
        }
    }

    private boolean isSoldOut(final Exchange exchange) {
        return exchange.answer().templateId() == CommandRejectedDecoder.TEMPLATE_ID
                && rejected.wrapAndApplyHeader(exchange.answer().buffer(), 0, header)
                                .reason()
                        == RejectReason.SOLD_OUT;
    }

    void add(final Verdicts other) {
        granted += other.granted;
        replayed += other.replayed;
        soldOut += other.soldOut;
        otherwiseRefused += other.otherwiseRefused;
        undecided += other.undecided;
    }

    long granted() {
        return granted;
    }

    long replayed() {
        return replayed;
    }

    long soldOut() {
        return soldOut;
    }

    /** Refused by the core for another reason: nothing of the kind should come. */
    long otherwiseRefused() {
        return otherwiseRefused;
    }

    /** Handed back as it came, for the journal had no room. The pipeline had not failed: its round would have, too. */
    long undecided() {
        return undecided;
    }

    long answered() {
        return granted + replayed + soldOut + otherwiseRefused;
    }
}
