package io.holdfast.gateway.audit;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.CommandRepeatedDecoder;
import io.holdfast.core.message.ExtendHoldDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PlaceHoldDecoder;
import io.holdfast.core.message.RecordPaymentDecoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.message.ReleaseHoldDecoder;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.agrona.DirectBuffer;

/**
 * Tells what became of one buyer, in sentences for people: what was asked, what was decided and why, and what followed.
 *
 * <p>It keeps the ids of the buyer's holds, since a payment names nothing else.
 */
public final class Story {
    private final Output output;
    private final String buyer;
    private final String drop;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final StoryEvents events = new StoryEvents(this);
    private final Set<UUID> holds = new HashSet<>();

    private LocalDate day;
    private long sequence;
    private long timeMs;
    private boolean isTold;

    /** What is asked about; a null drop is every drop. */
    public Story(final Output output, final String buyer, final String drop) {
        this.output = output;
        this.buyer = buyer;
        this.drop = drop;
    }

    /** Tells the story to the end of the journal. */
    public void run(final JournalScan scan) {
        try {
            scan.run(this::tell);
            if (!isTold) {
                output.line("The journal says nothing about buyer " + buyer
                        + (drop == null ? "." : " and drop " + drop + "."));
            }
        } finally {
            output.flush();
        }
    }

    private boolean tell(final long position, final long seq, final long time, final JournalRecord record) {
        sequence = seq;
        timeMs = time;
        final String asked = asked(record.buffer(), record.commandOffset());
        while (record.nextEvent()) {
            event(asked, record.buffer(), record.eventOffset());
        }
        return true;
    }

    /** What the buyer asked for with a command; null when somebody else did, or nobody. */
    private String asked(final DirectBuffer buffer, final int offset) {
        return switch (header.wrap(buffer, offset).templateId()) {
            case PlaceHoldDecoder.TEMPLATE_ID ->
                placing(new PlaceHoldDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ExtendHoldDecoder.TEMPLATE_ID ->
                extending(new ExtendHoldDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ReleaseHoldDecoder.TEMPLATE_ID ->
                releasing(new ReleaseHoldDecoder().wrapAndApplyHeader(buffer, offset, header));
            case RecordPaymentDecoder.TEMPLATE_ID ->
                paying(new RecordPaymentDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> null;
        };
    }

    private String placing(final PlaceHoldDecoder command) {
        final StringBuilder items = new StringBuilder();
        for (final var item : command.items()) {
            HoldView.append(items, item.quantity(), item.sku());
        }
        final String ofDrop = command.drop();
        return isAsked(ofDrop, command.buyer()) ? "asked for " + items + " of " + ofDrop : null;
    }

    private String extending(final ExtendHoldDecoder command) {
        final UUID hold =
                new UUID(command.hold().mostSignificantBits(), command.hold().leastSignificantBits());
        return holds.contains(hold) ? "asked for " + command.seconds() + " s more for hold " + hold : null;
    }

    private String releasing(final ReleaseHoldDecoder command) {
        final UUID hold =
                new UUID(command.hold().mostSignificantBits(), command.hold().leastSignificantBits());
        return holds.contains(hold) ? "wanted to give back hold " + hold : null;
    }

    private String paying(final RecordPaymentDecoder command) {
        final UUID hold =
                new UUID(command.hold().mostSignificantBits(), command.hold().leastSignificantBits());
        final String amount = Wording.money(command.amountMinor(), command.currency());
        return holds.contains(hold) ? "payment " + command.payment() + " of " + amount + " for hold " + hold : null;
    }

    private void event(final String asked, final DirectBuffer buffer, final int offset) {
        switch (header.wrap(buffer, offset).templateId()) {
            case CommandRejectedDecoder.TEMPLATE_ID -> {
                if (asked != null) {
                    refused(asked, new CommandRejectedDecoder().wrapAndApplyHeader(buffer, offset, header));
                }
            }
            case CommandRepeatedDecoder.TEMPLATE_ID -> {
                if (asked != null) {
                    repeated(asked, new CommandRepeatedDecoder().wrapAndApplyHeader(buffer, offset, header));
                }
            }
            default -> events.tell(asked, buffer, offset);
        }
    }

    private void refused(final String asked, final CommandRejectedDecoder rejected) {
        for (final var items = rejected.items(); items.hasNext(); ) {
            items.next();
        }
        say(asked + "; refused: " + Wording.refusal(rejected, rejected.sku()));
    }

    private void repeated(final String asked, final CommandRepeatedDecoder repeated) {
        final boolean isGranted = repeated.reason() == RejectReason.NONE;
        say(asked + " once more; nothing new, it stays as decided at sequence " + repeated.sequence()
                + (isGranted ? "" : ": refused, " + Wording.reason(repeated.reason())));
    }

    /** Whether a hold is the buyer's own; if so it is remembered. */
    boolean owns(final HoldView hold) {
        return isAsked(hold.drop(), hold.buyer()) && (holds.contains(hold.id()) || holds.add(hold.id()));
    }

    boolean owns(final UUID hold) {
        return holds.contains(hold);
    }

    private boolean isAsked(final String ofDrop, final String ofBuyer) {
        return buyer.equals(ofBuyer) && (drop == null || drop.equals(ofDrop));
    }

    /** The time of the record that is being told. */
    long timeMs() {
        return timeMs;
    }

    void say(final String sentence) {
        final LocalDate today = Wording.date(timeMs);
        if (!today.equals(day)) {
            day = today;
            output.line(today + " (UTC)");
        }
        isTold = true;
        output.line(Wording.clockMs(timeMs) + " " + sentence + " (sequence " + sequence + ")");
    }
}
