package io.holdfast.core;

import io.holdfast.core.message.AdjustStockDecoder;
import io.holdfast.core.message.ArchiveDropDecoder;
import io.holdfast.core.message.Cause;
import io.holdfast.core.message.CloseDropDecoder;
import io.holdfast.core.message.DropArchivedEncoder;
import io.holdfast.core.message.DropClosedEncoder;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.DropOpenedEncoder;
import io.holdfast.core.message.DropPausedEncoder;
import io.holdfast.core.message.DropStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.OpenDropDecoder;
import io.holdfast.core.message.PauseDropDecoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.message.StockAdjustedEncoder;
import io.holdfast.core.store.Bytes;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Decides on the life of a drop after its creation, and on its stock. These commands are rare and may allocate. */
final class DropDecider {
    private final Turn turn;
    private final State state;
    private final SoldOutDecider soldOut;
    private final Refusals refusals;
    private final MessageHeaderDecoder header;
    private final OpenDropDecoder open = new OpenDropDecoder();
    private final PauseDropDecoder pause = new PauseDropDecoder();
    private final CloseDropDecoder close = new CloseDropDecoder();
    private final ArchiveDropDecoder archive = new ArchiveDropDecoder();
    private final AdjustStockDecoder adjust = new AdjustStockDecoder();
    private final DropImageDecoder image = new DropImageDecoder();
    private final DropOpenedEncoder opened = new DropOpenedEncoder();
    private final DropPausedEncoder paused = new DropPausedEncoder();
    private final DropClosedEncoder closed = new DropClosedEncoder();
    private final DropArchivedEncoder archived = new DropArchivedEncoder();
    private final StockAdjustedEncoder adjusted = new StockAdjustedEncoder();

    DropDecider(
            final Turn turn, final SoldOutDecider soldOut, final Refusals refusals, final MessageHeaderDecoder header) {
        this.turn = turn;
        this.state = turn.state;
        this.soldOut = soldOut;
        this.refusals = refusals;
        this.header = header;
    }

    void open(final DirectBuffer command, final int offset) {
        final Drop drop = find(
                command,
                open.wrapAndApplyHeader(command, offset, header).limit() + OpenDropDecoder.dropHeaderLength(),
                open.dropLength());
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
        final Drop drop = find(
                command,
                pause.wrapAndApplyHeader(command, offset, header).limit() + PauseDropDecoder.dropHeaderLength(),
                pause.dropLength());
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
        final Drop drop = find(
                command,
                close.wrapAndApplyHeader(command, offset, header).limit() + CloseDropDecoder.dropHeaderLength(),
                close.dropLength());
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
        archive.wrapAndApplyHeader(command, offset, header);
        final int nameLength = archive.dropLength();
        final int nameOffset = archive.limit() + ArchiveDropDecoder.dropHeaderLength();
        final byte[] lastImage = state.drops.archivedImages().get(archive.drop());
        if (lastImage != null) {
            repeatArchived(new UnsafeBuffer(lastImage));
            return;
        }
        final Drop drop = find(command, nameOffset, nameLength);
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

    /** The last change that the image tells of is its drop's archiving. */
    private void repeatArchived(final UnsafeBuffer lastImage) {
        refusals.repeat(image.wrapAndApplyHeader(lastImage, 0, header).sequence(), RejectReason.NONE);
        turn.answer(turn.sequence(), true, lastImage, 0, lastImage.capacity());
    }

    void adjustStock(final DirectBuffer command, final int offset) {
        adjust.wrapAndApplyHeader(command, offset, header);
        final int dropLength = adjust.dropLength();
        final int dropOffset = adjust.limit() + AdjustStockDecoder.dropHeaderLength();
        adjust.skipDrop();
        final int skuLength = adjust.skuLength();
        final int skuOffset = adjust.limit() + AdjustStockDecoder.skuHeaderLength();
        adjust.skipSku();
        final int keyLength = adjust.keyLength();
        final int keyOffset = adjust.limit() + AdjustStockDecoder.keyHeaderLength();
        if (keyLength < 1
                || keyLength > Limits.KEY_LENGTH_MAX
                || !Bytes.isVisibleAscii(command, keyOffset, keyLength)) {
            refusals.refuse(RejectReason.INVALID_REQUEST);
            return;
        }
        final Drop drop = find(command, dropOffset, dropLength);
        if (drop == null) {
            return;
        }
        final int sku = drop.skuIndex(command, skuOffset, skuLength);
        if (isRepeated(drop, command.getStringWithoutLengthAscii(keyOffset, keyLength), sku)) {
            return;
        }
        if (sku < 0) {
            refusals.refuseSku(drop, command, skuOffset, skuLength);
        } else if ((long) drop.capacity[sku] + adjust.delta() > Limits.CAPACITY_MAX) {
            refusals.refuse(RejectReason.TOO_MANY, drop);
        } else if ((long) drop.available[sku] + adjust.delta() < 0) {
            refusals.refuse(RejectReason.STOCK_IN_USE, drop);
        } else {
            adjusted.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                    .dropNumber(drop.number)
                    .skuIndex(sku)
                    .delta(adjust.delta())
                    .capacity(drop.capacity[sku] + adjust.delta())
                    .putDrop(drop.id, 0, drop.id.capacity())
                    .putSku(command, skuOffset, skuLength)
                    .putKey(command, keyOffset, keyLength);
            turn.emit(adjusted.limit());
            soldOut.emitIfSoldOut(drop);
            turn.answerDrop(drop, false);
        }
    }

    private boolean isRepeated(final Drop drop, final String key, final int sku) {
        final Drop.Adjustment known = drop.adjustments.get(key);
        if (known == null) {
            return false;
        }
        if (known.skuIndex() == sku && known.delta() == adjust.delta()) {
            refusals.repeat(known.sequence(), RejectReason.NONE);
            turn.answerDrop(drop, true);
        } else {
            refusals.refuse(RejectReason.KEY_REUSED);
        }
        return true;
    }

    /** The drop of that name; refuses when there is none. */
    private Drop find(final DirectBuffer names, final int offset, final int length) {
        final Drop drop = state.drops.find(names, offset, length);
        if (drop == null) {
            refusals.refuse(RejectReason.UNKNOWN_DROP);
        }
        return drop;
    }

    /** What was asked for is so already, whichever command made it so. */
    private void repeat(final Drop drop) {
        refusals.repeat(drop.changedSequence, RejectReason.NONE);
        turn.answerDrop(drop, true);
    }

    private void emit(final Drop drop, final int limit) {
        turn.emit(limit);
        turn.answerDrop(drop, false);
    }
}
