package io.holdfast.settlement.redis;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.Limits;
import io.holdfast.core.MessageSink;
import io.holdfast.core.message.HoldExpiredDecoder;
import io.holdfast.core.message.HoldExtendedDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.HoldPlacedDecoder;
import io.holdfast.core.message.HoldReleasedDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.ServerStartedDecoder;
import io.holdfast.settlement.log.LogHandler;
import org.agrona.DirectBuffer;

/**
 * What the log says that Redis should hold: live holds and stock, counted along. While it {@link #writes} what changed goes
 * to what waits to be written as well; otherwise a sweep will find it.
 */
final class LogProjection implements LogHandler, MessageSink {
    private final LiveHolds live;
    private final StockBook stock;
    private final PendingHolds pending;
    private final StockProjection drops;
    private final HoldMessage message = new HoldMessage();
    private final HoldText text = new HoldText();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    private boolean isWriting;
    private byte sweep;
    private long sequence;
    private long timeMs;
    private long postponedCount;

    LogProjection(final MirrorState state) {
        this.live = state.live();
        this.stock = state.stock();
        this.pending = state.pending();
        this.drops = new StockProjection(stock);
    }

    /** Whether changes go to what waits to be written. */
    void writes(final boolean writing) {
        isWriting = writing;
    }

    /** The sweep that is going on: it need not look at what changes meanwhile. */
    void sweep(final byte number) {
        sweep = number;
    }

    /** Forgets everything, to begin from a snapshot or from the first record. */
    void clear() {
        live.clear();
        stock.clear();
        pending.clear();
        sequence = 0;
        timeMs = 0;
    }

    /** Begins where a snapshot ends. */
    void beginAt(final long snapshotSequence, final long snapshotTimeMs) {
        sequence = snapshotSequence;
        timeMs = snapshotTimeMs;
    }

    /** Sequence of the last record. */
    long sequence() {
        return sequence;
    }

    /** Logical time of the last record, in epoch milliseconds. */
    long timeMs() {
        return timeMs;
    }

    /** Holds that got more time by the start of a server, ever since. */
    long postponedCount() {
        return postponedCount;
    }

    /** An entry of a snapshot. */
    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (!message.wrap(buffer, offset)) {
            drops.onMessage(buffer, offset, 0);
        } else if (message.isLive()) {
            put(buffer, message.dueAtMs());
        }
    }

    @Override
    public void onRecord(
            final long recordPosition, final long recordSequence, final long recordTimeMs, final JournalRecord record) {
        sequence = recordSequence;
        timeMs = recordTimeMs;
        while (record.nextEvent()) {
            onEvent(record.buffer(), record.eventOffset());
        }
    }

    private void onEvent(final DirectBuffer event, final int offset) {
        if (message.wrap(event, offset)) {
            onHold(event);
        } else if (header.wrap(event, offset).templateId() == ServerStartedDecoder.TEMPLATE_ID) {
            postponedCount += live.postpone(timeMs + Limits.RESTART_GRACE_MS);
        } else {
            drops.onMessage(event, offset, sequence);
        }
    }

    private void onHold(final DirectBuffer event) {
        final MirroredDrop drop = stock.require(message.image().dropNumber());
        switch (message.templateId()) {
            case HoldPlacedDecoder.TEMPLATE_ID -> {
                move(drop, drop.available, drop.held);
                put(event, message.image().expiresAtMs() + drop.graceMs);
            }
            case HoldExtendedDecoder.TEMPLATE_ID -> put(event, message.image().expiresAtMs() + drop.graceMs);
            case HoldReleasedDecoder.TEMPLATE_ID, HoldExpiredDecoder.TEMPLATE_ID -> {
                move(drop, drop.held, drop.available);
                remove();
            }
            case HoldPaidDecoder.TEMPLATE_ID -> {
                move(drop, message.isReacquired() ? drop.available : drop.held, drop.sold);
                remove();
            }
            default -> throw new IllegalStateException("an entry of a snapshot among events");
        }
        stock.touch(drop, sequence);
    }

    private void move(final MirroredDrop drop, final int[] from, final int[] to) {
        for (final HoldImageDecoder.ItemsDecoder item = message.image().items(); item.hasNext(); ) {
            item.next();
            drop.move(item.skuIndex(), item.quantity(), from, to);
            item.skipSku();
        }
    }

    /** A hold is live; one that the start of a server gave more time keeps it. */
    private void put(final DirectBuffer source, final long dueAtMs) {
        final long most = message.image().hold().mostSignificantBits();
        final long least = message.image().hold().leastSignificantBits();
        final int known = live.find(most, least);
        final long laterMs = known == LiveHolds.NONE ? dueAtMs : Math.max(dueAtMs, live.dueAtMs(known));
        text.of(source, message.imageOffset());
        final boolean isNew = live.put(most, least, laterMs, text.checksum(), sweep);
        if (isWriting) {
            pending.live(most, least, text, isNew);
        }
    }

    private void remove() {
        final long most = message.image().hold().mostSignificantBits();
        final long least = message.image().hold().leastSignificantBits();
        if (live.remove(most, least) && isWriting) {
            pending.ended(most, least);
        }
    }
}
