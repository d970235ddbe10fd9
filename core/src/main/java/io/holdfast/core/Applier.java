package io.holdfast.core;

import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.CommandRepeatedDecoder;
import io.holdfast.core.message.DropArchivedDecoder;
import io.holdfast.core.message.DropClosedDecoder;
import io.holdfast.core.message.DropCreatedDecoder;
import io.holdfast.core.message.DropOpenedDecoder;
import io.holdfast.core.message.DropPausedDecoder;
import io.holdfast.core.message.DropSoldOutDecoder;
import io.holdfast.core.message.HoldExpiredDecoder;
import io.holdfast.core.message.HoldExtendedDecoder;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.HoldPlacedDecoder;
import io.holdfast.core.message.HoldReleasedDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentUnfulfilledDecoder;
import io.holdfast.core.message.RefundSettledDecoder;
import io.holdfast.core.message.RulesActivatedDecoder;
import io.holdfast.core.message.ServerStartedDecoder;
import io.holdfast.core.message.StockAdjustedDecoder;
import org.agrona.DirectBuffer;

/** The only code that changes state: takes an event to the applier of its subject. */
final class Applier {
    private final State state;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DropApplier drops;
    private final HoldApplier holds;
    private final PaymentApplier payments;
    private final ServerApplier server;

    Applier(final State state) {
        this.state = state;
        this.holds = new HoldApplier(state, header);
        this.drops = new DropApplier(state, header, holds);
        this.payments = new PaymentApplier(state, header, holds);
        this.server = new ServerApplier(state, header);
    }

    /**
     * Applies one event.
     *
     * @throws InvariantViolation if it contradicts the state, or is of a kind that this build does not know
     */
    void apply(final long sequence, final long timeMs, final DirectBuffer event, final int offset, final int length) {
        state.sequence = sequence;
        state.timeMs = timeMs;
        drops.reclaim();
        switch (header.wrap(event, offset).templateId()) {
            case HoldPlacedDecoder.TEMPLATE_ID -> holds.placed(event, offset);
            case CommandRejectedDecoder.TEMPLATE_ID -> holds.rejected(event, offset, length);
            case HoldExpiredDecoder.TEMPLATE_ID -> holds.expired(event, offset);
            case HoldReleasedDecoder.TEMPLATE_ID -> holds.released(event, offset);
            case HoldExtendedDecoder.TEMPLATE_ID -> holds.extended(event, offset);
            case HoldPaidDecoder.TEMPLATE_ID -> payments.paid(event, offset);
            case PaymentUnfulfilledDecoder.TEMPLATE_ID -> payments.unfulfilled(event, offset);
            case RefundSettledDecoder.TEMPLATE_ID -> payments.refundSettled(event, offset);
            case CommandRepeatedDecoder.TEMPLATE_ID -> {
                // A verdict given again changes nothing.
            }
            case DropCreatedDecoder.TEMPLATE_ID -> drops.created(event, offset);
            case DropOpenedDecoder.TEMPLATE_ID -> drops.opened(event, offset);
            case DropPausedDecoder.TEMPLATE_ID -> drops.paused(event, offset);
            case DropClosedDecoder.TEMPLATE_ID -> drops.closed(event, offset);
            case DropArchivedDecoder.TEMPLATE_ID -> drops.archived(event, offset);
            case StockAdjustedDecoder.TEMPLATE_ID -> drops.stockAdjusted(event, offset);
            case DropSoldOutDecoder.TEMPLATE_ID -> drops.soldOut(event, offset);
            case ServerStartedDecoder.TEMPLATE_ID -> server.started(event, offset);
            case RulesActivatedDecoder.TEMPLATE_ID -> server.rulesActivated(event, offset);
            default ->
                throw new InvariantViolation("event of unknown kind " + header.templateId() + " in record " + sequence
                        + ": use a newer build");
        }
    }

    /** A loader that fills the same state through the same appliers. */
    SnapshotLoader newSnapshotLoader() {
        return new SnapshotLoader(state, holds);
    }
}
