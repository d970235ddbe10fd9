package io.holdfast.settlement.redis;

import io.holdfast.core.StateMachine;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.SnapshotDropDecoder;
import io.holdfast.core.message.SnapshotHoldDecoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** What Redis should hold, from the state of the core that decided it all: by another road than the mirror's. */
final class Truth {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Fields by key. */
    final Map<String, Map<String, String>> keys = new TreeMap<>();

    /** When each hold goes back by itself, in epoch milliseconds of logical time. */
    final Map<String, Long> dueAtMs = new TreeMap<>();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    Truth(final StateMachine core) {
        core.snapshot(this::onEntry);
    }

    private void onEntry(final DirectBuffer buffer, final int offset, final int length) {
        header.wrap(buffer, offset);
        if (header.templateId() == SnapshotHoldDecoder.TEMPLATE_ID) {
            final SnapshotHoldDecoder entry = new SnapshotHoldDecoder().wrapAndApplyHeader(buffer, offset, header);
            addHold(buffer, entry.limit() + SnapshotHoldDecoder.imageHeaderLength(), entry.dueAtMs());
        } else if (header.templateId() == SnapshotDropDecoder.TEMPLATE_ID) {
            final SnapshotDropDecoder entry = new SnapshotDropDecoder().wrapAndApplyHeader(buffer, offset, header);
            for (final SnapshotDropDecoder.DefinedSkusDecoder each = entry.definedSkus(); each.hasNext(); ) {
                each.next();
            }
            addDrop(buffer, entry.limit() + SnapshotDropDecoder.imageHeaderLength());
        }
    }

    private void addHold(final DirectBuffer buffer, final int offset, final long due) {
        final HoldImageDecoder hold = new HoldImageDecoder().wrapAndApplyHeader(buffer, offset, header);
        if (hold.status() != HoldStatus.HELD) {
            return;
        }
        final String id = new java.util.UUID(
                        hold.hold().mostSignificantBits(), hold.hold().leastSignificantBits())
                .toString();
        final Map<String, String> fields = new TreeMap<>();
        fields.put("sequence", Long.toString(hold.sequence()));
        fields.put("status", "HELD");
        fields.put("expiresAt", TIME.format(Instant.ofEpochMilli(hold.expiresAtMs())));
        final StringJoiner items = new StringJoiner(",", "[", "]");
        for (final HoldImageDecoder.ItemsDecoder item = hold.items(); item.hasNext(); ) {
            item.next();
            final int quantity = item.quantity();
            items.add("{\"sku\":\"" + item.sku() + "\",\"quantity\":" + quantity + "}");
        }
        fields.put("items", items.toString());
        fields.put("drop", hold.drop());
        fields.put("buyer", hold.buyer());
        keys.put("holdfast:hold:" + id, fields);
        dueAtMs.put("holdfast:hold:" + id, due);
    }

    private void addDrop(final DirectBuffer buffer, final int offset) {
        final DropImageDecoder drop = new DropImageDecoder().wrapAndApplyHeader(buffer, offset, header);
        final Map<String, String> fields = new TreeMap<>();
        fields.put("sequence", Long.toString(drop.sequence()));
        for (final DropImageDecoder.SkusDecoder sku = drop.skus(); sku.hasNext(); ) {
            sku.next();
            final int[] counts = {sku.available(), sku.held(), sku.sold()};
            final String name = sku.sku();
            fields.put(name + ":available", Integer.toString(counts[0]));
            fields.put(name + ":held", Integer.toString(counts[1]));
            fields.put(name + ":sold", Integer.toString(counts[2]));
        }
        keys.put("holdfast:stock:" + drop.drop(), fields);
    }
}
