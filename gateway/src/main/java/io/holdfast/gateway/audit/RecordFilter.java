package io.holdfast.gateway.audit;

import io.holdfast.core.JournalRecord;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.agrona.DirectBuffer;

/**
 * Lets records through that are about a drop, a buyer, a hold, or all that is given of them.
 *
 * <p>A refused payment names its hold only, so the holds that fit are remembered: feed it every record, from the first.
 */
public final class RecordFilter {
    private final String drop;
    private final String buyer;
    private final UUID hold;
    private final Set<UUID> fittingHolds = new HashSet<>();

    /** What is null lets everything through. */
    public RecordFilter(final String drop, final String buyer, final UUID hold) {
        this.drop = drop;
        this.buyer = buyer;
        this.hold = hold;
    }

    /** Whether the record's command or one of its events is about what was asked. */
    boolean fits(final JournalRecord record, final MessageSubject subject) {
        if (drop == null && buyer == null && hold == null) {
            return true;
        }
        boolean fits = fits(record.buffer(), record.commandOffset(), subject);
        for (record.rewind(); record.nextEvent(); ) {
            fits |= fits(record.buffer(), record.eventOffset(), subject);
        }
        return fits;
    }

    private boolean fits(final DirectBuffer buffer, final int offset, final MessageSubject subject) {
        subject.of(buffer, offset);
        if (hold != null && !hold.equals(subject.hold())) {
            return false;
        }
        final boolean isNamed =
                (drop == null || drop.equals(subject.drop())) && (buyer == null || buyer.equals(subject.buyer()));
        if (isNamed && subject.hold() != null && subject.drop() != null) {
            fittingHolds.add(subject.hold());
        }
        return isNamed || subject.hold() != null && fittingHolds.contains(subject.hold());
    }
}
