package io.holdfast.gateway.audit;

import io.holdfast.core.Answer;
import io.holdfast.core.EventSink;
import io.holdfast.core.JournalRecord;
import io.holdfast.core.Limits;
import io.holdfast.core.StateMachine;
import io.holdfast.core.message.CreateDropEncoder;
import io.holdfast.core.message.ExpireHoldsEncoder;
import io.holdfast.core.message.ExtendHoldEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PlaceHoldEncoder;
import io.holdfast.core.message.RecordPaymentEncoder;
import io.holdfast.core.message.ReleaseHoldEncoder;
import io.holdfast.core.message.SettleRefundEncoder;
import io.holdfast.core.message.StartServerEncoder;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.agrona.ExpandableArrayBuffer;

/** Writes a real journal by the real core, command by command, as a server would. */
public final class SampleJournal implements AutoCloseable {
    public static final long NOON_MS = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();
    public static final String DROP = "tour-berlin";

    private static final int SEGMENT_LENGTH = 1 << 20;
    private static final int BATCH_LENGTH_MAX = 1 << 18;

    private final Journal journal;
    private final StateMachine machine = new StateMachine(7);
    private final EventSink sink = new EventSink();
    private final Answer answer = new Answer();
    private final ExpandableArrayBuffer command = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    private long sequence;
    private long timeMs = NOON_MS;
    private int corruptedEventByte = -1;

    public SampleJournal(final Path dataDirectory) {
        journal = Journal.open(
                new JournalConfig(dataDirectory, SEGMENT_LENGTH, BATCH_LENGTH_MAX, 0), JournalFiles.real());
        journal.start();
    }

    public StateMachine machine() {
        return machine;
    }

    public long sequence() {
        return sequence;
    }

    public SampleJournal at(final String time) {
        timeMs = Instant.parse("2026-11-23T" + time + "Z").toEpochMilli();
        return this;
    }

    /** Makes the journal say something else than was decided, in the next record only. */
    SampleJournal corruptNextEventAt(final int eventByte) {
        corruptedEventByte = eventByte;
        return this;
    }

    public SampleJournal startServer() {
        final StartServerEncoder encoder = new StartServerEncoder().wrapAndApplyHeader(command, 0, header);
        encoder.epoch(1).wallClockMs(timeMs).build("test");
        return decide(encoder.limit());
    }

    /** A drop of GA at 45.00 EUR. */
    public SampleJournal createDrop(final String drop, final int capacity, final int maxPerBuyer) {
        final CreateDropEncoder encoder = new CreateDropEncoder().wrapAndApplyHeader(command, 0, header);
        encoder.opensAtMs(CreateDropEncoder.opensAtMsNullValue())
                .closesAtMs(CreateDropEncoder.closesAtMsNullValue())
                .holdSeconds(300)
                .paymentGraceSeconds(15)
                .maxHoldSeconds(600)
                .maxPerBuyer(maxPerBuyer)
                .currency("EUR");
        encoder.skusCount(1).next().capacity(capacity).priceMinor(4500).sku("GA");
        encoder.drop(drop).name("Berlin");
        return decide(encoder.limit());
    }

    public SampleJournal placeHold(final UUID hold, final String drop, final String buyer, final int quantity) {
        return placeHold(hold, drop, buyer, quantity, "");
    }

    public SampleJournal placeHold(
            final UUID hold, final String drop, final String buyer, final int quantity, final String key) {
        final PlaceHoldEncoder encoder = new PlaceHoldEncoder().wrapAndApplyHeader(command, 0, header);
        encoder.hold()
                .mostSignificantBits(hold.getMostSignificantBits())
                .leastSignificantBits(hold.getLeastSignificantBits());
        encoder.itemsCount(1).next().quantity(quantity).sku("GA");
        encoder.drop(drop).buyer(buyer).key(key);
        return decide(encoder.limit());
    }

    public SampleJournal extendHold(final UUID hold, final int seconds) {
        final ExtendHoldEncoder encoder = new ExtendHoldEncoder().wrapAndApplyHeader(command, 0, header);
        encoder.hold()
                .mostSignificantBits(hold.getMostSignificantBits())
                .leastSignificantBits(hold.getLeastSignificantBits());
        encoder.seconds(seconds).drop("").buyer("");
        return decide(encoder.limit());
    }

    public SampleJournal releaseHold(final UUID hold) {
        final ReleaseHoldEncoder encoder = new ReleaseHoldEncoder().wrapAndApplyHeader(command, 0, header);
        encoder.hold()
                .mostSignificantBits(hold.getMostSignificantBits())
                .leastSignificantBits(hold.getLeastSignificantBits());
        encoder.drop("").buyer("");
        return decide(encoder.limit());
    }

    public SampleJournal recordPayment(final UUID hold, final String payment, final long amountMinor) {
        final RecordPaymentEncoder encoder = new RecordPaymentEncoder().wrapAndApplyHeader(command, 0, header);
        encoder.hold()
                .mostSignificantBits(hold.getMostSignificantBits())
                .leastSignificantBits(hold.getLeastSignificantBits());
        encoder.amountMinor(amountMinor).currency("EUR").payment(payment);
        return decide(encoder.limit());
    }

    public SampleJournal settleRefund(final String payment) {
        final SettleRefundEncoder encoder = new SettleRefundEncoder().wrapAndApplyHeader(command, 0, header);
        encoder.payment(payment);
        return decide(encoder.limit());
    }

    public SampleJournal expireHolds() {
        return decide(
                new ExpireHoldsEncoder().wrapAndApplyHeader(command, 0, header).limit());
    }

    private SampleJournal decide(final int commandLength) {
        final int eventsLengthMax = Limits.eventsLengthMax(commandLength);
        final int offset = journal.claim(Integer.BYTES + commandLength + eventsLengthMax);
        final int eventsAt = JournalRecord.putCommand(journal.buffer(), offset, command, commandLength);
        sink.wrap(journal.buffer(), offset + eventsAt, eventsLengthMax);
        sequence++;
        machine.decide(sequence, timeMs, command, 0, commandLength, sink, answer);
        if (corruptedEventByte >= 0) {
            final int at = offset + eventsAt + corruptedEventByte;
            journal.buffer().putByte(at, (byte) (journal.buffer().getByte(at) ^ 1));
            corruptedEventByte = -1;
        }
        journal.endRecord(sequence, timeMs, eventsAt + sink.length());
        journal.commit();
        return this;
    }

    @Override
    public void close() {
        journal.close();
    }
}
