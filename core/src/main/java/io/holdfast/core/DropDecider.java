package io.holdfast.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.core.message.AdjustStockDecoder;
import io.holdfast.core.message.ArchiveDropDecoder;
import io.holdfast.core.message.Cause;
import io.holdfast.core.message.CloseDropDecoder;
import io.holdfast.core.message.DropArchivedEncoder;
import io.holdfast.core.message.DropClosedEncoder;
import io.holdfast.core.message.DropOpenedEncoder;
import io.holdfast.core.message.DropPausedEncoder;
import io.holdfast.core.message.DropStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.OpenDropDecoder;
import io.holdfast.core.message.PauseDropDecoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.message.StockAdjustedEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Decides on the life of a drop after its creation, and on its stock. These commands are rare and may allocate. */
final class DropDecider {
    private final Turn turn;
    private final State state;
    private final Refusals refusals;
    private final MessageHeaderDecoder header;
    private final OpenDropDecoder open = new OpenDropDecoder();
    private final PauseDropDecoder pause = new PauseDropDecoder();
    private final CloseDropDecoder close = new CloseDropDecoder();
    private final ArchiveDropDecoder archive = new ArchiveDropDecoder();
    private final AdjustStockDecoder adjust = new AdjustStockDecoder();
    private final DropOpenedEncoder opened = new DropOpenedEncoder();
    private final DropPausedEncoder paused = new DropPausedEncoder();
    private final DropClosedEncoder closed = new DropClosedEncoder();
    private final DropArchivedEncoder archived = new DropArchivedEncoder();
    private final StockAdjustedEncoder adjusted = new StockAdjustedEncoder();

    DropDecider(final Turn turn, final Refusals refusals, final MessageHeaderDecoder header) {
        this.turn = turn;
        this.state = turn.state;
        this.refusals = refusals;
        this.header = header;
    }

    void open(final DirectBuffer command, final int offset) {
        final Drop drop = find(open.wrapAndApplyHeader(command, offset, header).drop());
        if (drop == null) {
            return;
        }
        switch (drop.status) {
            case CLOSED -> refusals.refuse(RejectReason.DROP_CLOSED, drop);
            case OPEN -> repeat(drop);
            default -> {
                opened.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                        .dropNumber(drop.number)
                        .cause(Cause.OPERATOR)
                        .putDrop(drop.id, 0, drop.id.capacity());
                emit(drop, opened.limit());
            }
        }
    }

    void pause(final DirectBuffer command, final int offset) {
        final Drop drop = find(pause.wrapAndApplyHeader(command, offset, header).drop());
        if (drop == null) {
            return;
        }
        switch (drop.status) {
            case CLOSED -> refusals.refuse(RejectReason.DROP_CLOSED, drop);
            case SCHEDULED -> refusals.refuse(RejectReason.DROP_NOT_OPEN, drop);
            case PAUSED -> repeat(drop);
            default -> {
                paused.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                        .dropNumber(drop.number)
                        .putDrop(drop.id, 0, drop.id.capacity());
                emit(drop, paused.limit());
            }
        }
    }

    void close(final DirectBuffer command, final int offset) {
        final Drop drop = find(close.wrapAndApplyHeader(command, offset, header).drop());
        if (drop == null) {
            return;
        }
        if (drop.status == DropStatus.CLOSED) {
            repeat(drop);
            return;
        }
        closed.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .dropNumber(drop.number)
                .cause(Cause.OPERATOR)
                .putDrop(drop.id, 0, drop.id.capacity());
        emit(drop, closed.limit());
    }

    void archive(final DirectBuffer command, final int offset) {
        final String name = archive.wrapAndApplyHeader(command, offset, header).drop();
        final byte[] lastImage = state.drops.archivedImages().get(name);
        if (lastImage != null) {
            refusals.repeat(turn.sequence(), RejectReason.NONE);
            turn.answer(turn.sequence(), true, new UnsafeBuffer(lastImage), 0, lastImage.length);
            return;
        }
        final Drop drop = find(name);
        if (drop == null) {
            return;
        }
        if (drop.status != DropStatus.CLOSED || drop.liveHolds > 0) {
            refusals.refuse(RejectReason.HOLDS_LIVE, drop);
            return;
        }
        archived.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .dropNumber(drop.number)
                .putDrop(drop.id, 0, drop.id.capacity());
        emit(drop, archived.limit());
    }

    void adjustStock(final DirectBuffer command, final int offset) {
        adjust.wrapAndApplyHeader(command, offset, header);
        final int delta = adjust.delta();
        final Drop drop = find(adjust.drop());
        if (drop == null) {
            return;
        }
        final UnsafeBuffer sku = new UnsafeBuffer(adjust.sku().getBytes(US_ASCII));
        final String key = adjust.key();
        final int index = drop.skuIndex(sku, 0, sku.capacity());
        final Drop.Adjustment known = drop.adjustments.get(key);
        if (known != null && known.skuIndex() == index && known.delta() == delta) {
            repeat(drop);
        } else if (known != null) {
            refusals.refuse(RejectReason.KEY_REUSED);
        } else if (index < 0) {
            refusals.refuseSku(drop, sku, 0, sku.capacity());
        } else if ((long) drop.capacity[index] + delta > Limits.CAPACITY_MAX) {
            refusals.refuse(RejectReason.TOO_MANY, drop);
        } else if ((long) drop.available[index] + delta < 0) {
            refusals.refuse(RejectReason.STOCK_IN_USE, drop);
        } else {
            adjusted.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                    .dropNumber(drop.number)
                    .skuIndex(index)
                    .delta(delta)
                    .capacity(drop.capacity[index] + delta)
                    .putDrop(drop.id, 0, drop.id.capacity())
                    .putSku(sku, 0, sku.capacity())
                    .key(key);
            emit(drop, adjusted.limit());
        }
    }

    /** The drop of that name; refuses when there is none. */
    private Drop find(final String name) {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(US_ASCII));
        final Drop drop = state.drops.find(bytes, 0, bytes.capacity());
        if (drop == null) {
            refusals.refuse(RejectReason.UNKNOWN_DROP);
        }
        return drop;
    }

    private void repeat(final Drop drop) {
        refusals.repeat(drop.changedSequence, RejectReason.NONE);
        turn.answerDrop(drop, true);
    }

    private void emit(final Drop drop, final int limit) {
        turn.emit(limit);
        turn.answerDrop(drop, false);
    }
}
