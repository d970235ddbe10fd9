package io.holdfast.gateway.request;

import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.QueryDropEncoder;
import io.holdfast.core.message.QueryDropsEncoder;
import io.holdfast.core.message.QueryHoldEncoder;
import io.holdfast.core.message.QueryHoldsEncoder;
import io.holdfast.core.message.QueryRefundsEncoder;
import org.agrona.MutableDirectBuffer;

/** Encodes queries, each with its header at offset 0, and returns the length. One for each event loop. */
public final class Queries {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final QueryHoldEncoder queryHold = new QueryHoldEncoder();
    private final QueryDropEncoder queryDrop = new QueryDropEncoder();
    private final QueryDropsEncoder queryDrops = new QueryDropsEncoder();
    private final QueryHoldsEncoder queryHolds = new QueryHoldsEncoder();
    private final QueryRefundsEncoder queryRefunds = new QueryRefundsEncoder();

    public int hold(final MutableDirectBuffer into, final HoldId hold, final HoldOwner owner) {
        queryHold.wrapAndApplyHeader(into, 0, header);
        queryHold
                .hold()
                .mostSignificantBits(hold.mostSignificantBits())
                .leastSignificantBits(hold.leastSignificantBits());
        return queryHold
                .putDrop(owner.drop().bytes(), 0, owner.drop().length())
                .putBuyer(owner.buyer().bytes(), 0, owner.buyer().length())
                .limit();
    }

    public int drop(final MutableDirectBuffer into, final Text drop) {
        return queryDrop
                .wrapAndApplyHeader(into, 0, header)
                .putDrop(drop.bytes(), 0, drop.length())
                .limit();
    }

    public int drops(final MutableDirectBuffer into, final PageQuery page) {
        return queryDrops
                .wrapAndApplyHeader(into, 0, header)
                .afterDropNumber((int) Math.min(page.after(), QueryDropsEncoder.afterDropNumberMaxValue()))
                .entriesMax(page.limit())
                .limit();
    }

    public int refunds(final MutableDirectBuffer into, final PageQuery page) {
        return queryRefunds
                .wrapAndApplyHeader(into, 0, header)
                .afterSequence(page.after())
                .entriesMax(page.limit())
                .limit();
    }

    /** An empty buyer is every buyer, and no status every status. */
    public int holds(final MutableDirectBuffer into, final Text drop, final PageQuery page) {
        final HoldStatus status = page.status();
        return queryHolds
                .wrapAndApplyHeader(into, 0, header)
                .afterSequence(page.after())
                .entriesMax(page.limit())
                .status(status == null ? HoldStatus.NULL_VAL : status)
                .putDrop(drop.bytes(), 0, drop.length())
                .putBuyer(page.buyer().bytes(), 0, page.buyer().length())
                .limit();
    }
}
