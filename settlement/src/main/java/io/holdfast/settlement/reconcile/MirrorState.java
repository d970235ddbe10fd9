package io.holdfast.settlement.reconcile;

import io.holdfast.core.Answer;
import io.holdfast.core.JournalRecord;
import io.holdfast.core.Limits;
import io.holdfast.core.StateMachine;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.ImagePageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.QueryDropEncoder;
import io.holdfast.core.message.QueryDropsEncoder;
import io.holdfast.core.message.QueryHoldEncoder;
import io.holdfast.core.message.QueryHoldsEncoder;
import io.holdfast.core.message.ServerStartedDecoder;
import io.holdfast.core.message.SnapshotBeginDecoder;
import io.holdfast.settlement.log.JournalHistory;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * What Redis should show, from a copy of the state: the newest snapshot and the records after it. It moves on with the
 * journal when told to. As large as the server's own state. One thread.
 */
final class MirrorState implements AutoCloseable {
    private static final long PAGE_END = ImagePageDecoder.nextNullValue();

    private final StateMachine machine = new StateMachine(0);
    private final LogReader reader;
    private final ExpandableArrayBuffer query = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder queryHeader = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ServerStartedDecoder started = new ServerStartedDecoder();
    private final ImagePageDecoder page = new ImagePageDecoder();
    private final HoldImageDecoder hold = new HoldImageDecoder();
    private final DropImageDecoder drop = new DropImageDecoder();
    private final Answer answer = new Answer();

    /** Logical time at which the server last started; a hold from before is not due for a minute. */
    private long startedAtMs;

    private MirrorState(final JournalHistory history) {
        final Optional<LogSnapshot> snapshot = history.newestSnapshot();
        snapshot.ifPresent(found -> found.read(this::load));
        reader = history.read(snapshot.map(LogSnapshot::position).orElse(JournalHistory.BEGINNING));
    }

    /**
     * Builds the state as of the journal's end.
     *
     * @throws io.holdfast.settlement.log.UncheckedLogException when neither history nor a snapshot reaches far enough
     */
    static MirrorState of(final JournalHistory history) {
        final MirrorState state = new MirrorState(history);
        boolean isWhole = false;
        try {
            state.advance();
            isWhole = true;
            return state;
        } finally {
            if (!isWhole) {
                state.close();
            }
        }
    }

    private void load(final DirectBuffer buffer, final int offset, final int length) {
        if (header.wrap(buffer, offset).templateId() == SnapshotBeginDecoder.TEMPLATE_ID) {
            startedAtMs = new SnapshotBeginDecoder()
                    .wrapAndApplyHeader(buffer, offset, header)
                    .startedAtMs();
        }
        machine.loadEntry(buffer, offset, length);
    }

    /** Moves on to the journal's end for now. */
    void advance() {
        JournalHistory.readToEnd(reader, (position, sequence, timeMs, record) -> apply(sequence, timeMs, record));
    }

    /** Moves on to a record, or to the end if that comes first. */
    void advanceTo(final long sequence) {
        int polled = 1;
        while (machine.sequence() < sequence && polled > 0) {
            polled = reader.poll((position, at, timeMs, record) -> apply(at, timeMs, record), 1);
        }
    }

    private void apply(final long sequence, final long timeMs, final JournalRecord record) {
        while (record.nextEvent()) {
            final int offset = record.eventOffset();
            if (header.wrap(record.buffer(), offset).templateId() == ServerStartedDecoder.TEMPLATE_ID) {
                startedAtMs = timeMs;
            }
            machine.apply(sequence, timeMs, record.buffer(), offset, record.eventLength());
        }
        machine.applied(sequence, timeMs);
    }

    long sequence() {
        return machine.sequence();
    }

    /** Logical time of the last record, in epoch milliseconds. */
    long timeMs() {
        return machine.timeMs();
    }

    /**
     * A live hold as Redis should show it.
     *
     * @param endsAtMs when it goes back by itself, in epoch milliseconds of logical time
     */
    record LiveHold(UUID id, Map<String, String> fields, long endsAtMs) {}

    /** Names of the drops that are not archived, and their grace in milliseconds. */
    Map<String, Long> drops() {
        final Map<String, Long> graces = new LinkedHashMap<>();
        final QueryDropsEncoder drops = new QueryDropsEncoder();
        long next = -1;
        do {
            drops.wrapAndApplyHeader(query, 0, queryHeader)
                    .afterDropNumber((int) next)
                    .entriesMax(Limits.SCAN_ENTRIES_MAX);
            next = page((buffer, offset) -> {
                drop.wrapAndApplyHeader(buffer, offset, header);
                final long graceMs = drop.paymentGraceSeconds() * 1_000L;
                for (final DropImageDecoder.SkusDecoder sku : drop.skus()) {
                    sku.skipSku();
                }
                graces.put(drop.drop(), graceMs);
            });
        } while (next != PAGE_END);
        return graces;
    }

    /**
     * Hands over the live holds of a drop in pages; the state may move on in between.
     *
     * @param graceMs of the drop
     */
    void liveHolds(final String ofDrop, final long graceMs, final Consumer<List<LiveHold>> handler) {
        final QueryHoldsEncoder holds = new QueryHoldsEncoder();
        long next = 0;
        do {
            holds.wrapAndApplyHeader(query, 0, queryHeader)
                    .afterSequence(next)
                    .entriesMax(Limits.SCAN_ENTRIES_MAX)
                    .status(HoldStatus.HELD)
                    .drop(ofDrop)
                    .buyer("");
            final List<LiveHold> found = new ArrayList<>();
            next = page((buffer, offset) -> found.add(liveHold(buffer, offset, graceMs)));
            handler.accept(found);
        } while (next != PAGE_END);
    }

    @FunctionalInterface
    private interface ImageHandler {
        void onImage(DirectBuffer buffer, int offset);
    }

    /** Answers {@link #query} with a page of images; returns where to go on. A drop that is gone has none. */
    private long page(final ImageHandler handler) {
        machine.query(machine.timeMs(), query, 0, answer);
        if (header.wrap(answer.buffer(), 0).templateId() != ImagePageDecoder.TEMPLATE_ID) {
            return PAGE_END;
        }
        page.wrapAndApplyHeader(answer.buffer(), 0, header);
        final long next = page.next();
        for (final ImagePageDecoder.ImagesDecoder images = page.images(); images.hasNext(); ) {
            images.next();
            final int length = images.imageLength();
            final int offset = page.limit() + ImagePageDecoder.ImagesDecoder.imageHeaderLength();
            page.limit(offset + length);
            handler.onImage(answer.buffer(), offset);
        }
        return next;
    }

    /** A hold, if it is live. */
    Optional<LiveHold> liveHold(final UUID id, final Map<String, Long> graces) {
        final QueryHoldEncoder ofHold = new QueryHoldEncoder().wrapAndApplyHeader(query, 0, queryHeader);
        ofHold.hold()
                .mostSignificantBits(id.getMostSignificantBits())
                .leastSignificantBits(id.getLeastSignificantBits());
        ofHold.drop("").buyer("");
        machine.query(machine.timeMs(), query, 0, answer);
        if (header.wrap(answer.buffer(), 0).templateId() != HoldImageDecoder.TEMPLATE_ID
                || hold.wrapAndApplyHeader(answer.buffer(), 0, header).status() != HoldStatus.HELD) {
            return Optional.empty();
        }
        final LiveHold found = liveHold(answer.buffer(), 0, 0);
        final Long graceMs = graces.get(found.fields().get("drop"));
        return Optional.of(graceMs == null ? found : liveHold(answer.buffer(), 0, graceMs));
    }

    private LiveHold liveHold(final DirectBuffer buffer, final int offset, final long graceMs) {
        hold.wrapAndApplyHeader(buffer, offset, header);
        final UUID id = new UUID(hold.hold().mostSignificantBits(), hold.hold().leastSignificantBits());
        final long createdAtMs = hold.createdAtMs();
        final long expiresAtMs = hold.expiresAtMs();
        final StringJoiner items = new StringJoiner(",", "[", "]");
        for (final HoldImageDecoder.ItemsDecoder item : hold.items()) {
            final int quantity = item.quantity();
            items.add("{\"sku\":\"" + item.sku() + "\",\"quantity\":" + quantity + "}");
        }
        final Map<String, String> fields = new LinkedHashMap<>();
        fields.put("drop", hold.drop());
        fields.put("buyer", hold.buyer());
        fields.put("items", items.toString());
        fields.put("status", "HELD");
        fields.put("sequence", Long.toString(hold.sequence()));
        fields.put("expiresAt", Table.time(expiresAtMs));
        return new LiveHold(id, fields, endsAtMs(createdAtMs, expiresAtMs + graceMs));
    }

    private long endsAtMs(final long createdAtMs, final long endsAtMs) {
        return createdAtMs > startedAtMs ? endsAtMs : Math.max(endsAtMs, startedAtMs + Limits.RESTART_GRACE_MS);
    }

    /** The stock of a drop as Redis should show it; empty when there is no such drop, or no more. */
    Optional<Map<String, String>> stock(final String name) {
        new QueryDropEncoder().wrapAndApplyHeader(query, 0, queryHeader).drop(name);
        machine.query(machine.timeMs(), query, 0, answer);
        if (header.wrap(answer.buffer(), 0).templateId() != DropImageDecoder.TEMPLATE_ID) {
            return Optional.empty();
        }
        drop.wrapAndApplyHeader(answer.buffer(), 0, header);
        final Map<String, String> fields = new LinkedHashMap<>();
        fields.put("sequence", Long.toString(drop.sequence()));
        for (final DropImageDecoder.SkusDecoder each : drop.skus()) {
            final String available = Integer.toString(each.available());
            final String held = Integer.toString(each.held());
            final String sold = Integer.toString(each.sold());
            final String sku = each.sku();
            fields.put(sku + ":available", available);
            fields.put(sku + ":held", held);
            fields.put(sku + ":sold", sold);
        }
        return Optional.of(fields);
    }

    @Override
    public void close() {
        reader.close();
    }
}
