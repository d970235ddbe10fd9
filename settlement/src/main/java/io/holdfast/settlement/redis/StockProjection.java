package io.holdfast.settlement.redis;

import io.holdfast.core.message.DropArchivedDecoder;
import io.holdfast.core.message.DropClosedDecoder;
import io.holdfast.core.message.DropCreatedDecoder;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.DropOpenedDecoder;
import io.holdfast.core.message.DropPausedDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.SnapshotDropDecoder;
import io.holdfast.core.message.StockAdjustedDecoder;
import org.agrona.DirectBuffer;

/** Counts along what becomes of drops as a whole; what holds do to their stock is the caller's. */
final class StockProjection {
    private static final int PREFIX = Integer.BYTES;
    private static final long MS_PER_SECOND = 1_000;

    private final StockBook book;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DropCreatedDecoder created = new DropCreatedDecoder();
    private final DropOpenedDecoder opened = new DropOpenedDecoder();
    private final DropPausedDecoder paused = new DropPausedDecoder();
    private final DropClosedDecoder closed = new DropClosedDecoder();
    private final DropArchivedDecoder archived = new DropArchivedDecoder();
    private final StockAdjustedDecoder adjusted = new StockAdjustedDecoder();
    private final SnapshotDropDecoder entry = new SnapshotDropDecoder();
    private final DropImageDecoder image = new DropImageDecoder();

    StockProjection(final StockBook book) {
        this.book = book;
    }

    /** Takes an event, or an entry of a snapshot; one that is about no drop changes nothing. */
    void onMessage(final DirectBuffer buffer, final int offset, final long sequence) {
        switch (header.wrap(buffer, offset).templateId()) {
            case DropCreatedDecoder.TEMPLATE_ID -> create(buffer, offset, sequence);
            case DropOpenedDecoder.TEMPLATE_ID ->
                touch(opened.wrapAndApplyHeader(buffer, offset, header).dropNumber(), sequence);
            case DropPausedDecoder.TEMPLATE_ID ->
                touch(paused.wrapAndApplyHeader(buffer, offset, header).dropNumber(), sequence);
            case DropClosedDecoder.TEMPLATE_ID ->
                touch(closed.wrapAndApplyHeader(buffer, offset, header).dropNumber(), sequence);
            case DropArchivedDecoder.TEMPLATE_ID ->
                book.archive(archived.wrapAndApplyHeader(buffer, offset, header).dropNumber());
            case StockAdjustedDecoder.TEMPLATE_ID -> {
                adjusted.wrapAndApplyHeader(buffer, offset, header);
                book.require(adjusted.dropNumber()).adjust(adjusted.skuIndex(), adjusted.delta());
                touch(adjusted.dropNumber(), sequence);
            }
            case SnapshotDropDecoder.TEMPLATE_ID -> load(buffer, offset);
            default -> {
                // about no drop
            }
        }
    }

    private void touch(final int number, final long sequence) {
        book.touch(book.require(number), sequence);
    }

    private void create(final DirectBuffer buffer, final int offset, final long sequence) {
        created.wrapAndApplyHeader(buffer, offset, header);
        final DropCreatedDecoder.SkusDecoder each = created.skus();
        final String[] skus = new String[each.count()];
        final int[] capacity = new int[skus.length];
        for (int i = 0; i < skus.length; i++) {
            each.next();
            capacity[i] = each.capacity();
            skus[i] = each.sku();
        }
        final MirroredDrop drop = new MirroredDrop(
                created.dropNumber(), created.drop(), created.paymentGraceSeconds() * MS_PER_SECOND, skus);
        System.arraycopy(capacity, 0, drop.available, 0, capacity.length);
        book.add(drop, sequence);
    }

    private void load(final DirectBuffer buffer, final int offset) {
        entry.wrapAndApplyHeader(buffer, offset, header);
        for (final SnapshotDropDecoder.DefinedSkusDecoder each = entry.definedSkus(); each.hasNext(); ) {
            each.next();
        }
        image.wrapAndApplyHeader(buffer, entry.limit() + PREFIX, header);
        final DropImageDecoder.SkusDecoder each = image.skus();
        final String[] skus = new String[each.count()];
        final int[][] counts = new int[3][skus.length];
        for (int i = 0; i < skus.length; i++) {
            each.next();
            counts[0][i] = each.available();
            counts[1][i] = each.held();
            counts[2][i] = each.sold();
            skus[i] = each.sku();
        }
        final MirroredDrop drop =
                new MirroredDrop(image.dropNumber(), image.drop(), image.paymentGraceSeconds() * MS_PER_SECOND, skus);
        System.arraycopy(counts[0], 0, drop.available, 0, skus.length);
        System.arraycopy(counts[1], 0, drop.held, 0, skus.length);
        System.arraycopy(counts[2], 0, drop.sold, 0, skus.length);
        book.add(drop, image.sequence());
    }
}
