package io.holdfast.gateway.audit;

import io.holdfast.core.InvariantViolation;
import io.holdfast.core.JournalRecord;
import io.holdfast.core.StateMachine;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.gateway.json.DropJson;
import io.holdfast.gateway.json.HoldJson;
import io.holdfast.gateway.json.JsonBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Prints the state as it was at a moment: applies the events up to there, then asks for drops and holds. */
public final class Replay implements SnapshotTaker {
    private final Output output;
    private final Moment until;
    private final JsonBuffer json = new JsonBuffer();

    private StateMachine machine = new StateMachine(0);

    /**
     * Prints to the output.
     *
     * @param until last moment applied
     */
    public Replay(final Output output, final Moment until) {
        this.output = output;
        this.until = until;
    }

    /**
     * Reads the journal up to the moment and prints the state as one JSON object.
     *
     * @param withHolds whether to print every hold that is remembered, too
     */
    public void run(final History history, final boolean withHolds) {
        try (JournalScan scan = history.open(this, until)) {
            scan.run(this::apply);
        }
        print(withHolds);
        output.flush();
    }

    @Override
    public void beginSnapshot() {
        machine = new StateMachine(0);
    }

    @Override
    public void takeEntry(final DirectBuffer buffer, final int offset, final int length) {
        machine.loadEntry(buffer, offset, length);
    }

    @Override
    public void endSnapshot() {
        Verifier.requireLoaded(machine);
    }

    private boolean apply(final long position, final long sequence, final long timeMs, final JournalRecord record) {
        if (until.isBefore(sequence, timeMs)) {
            return false;
        }
        try {
            while (record.nextEvent()) {
                machine.apply(sequence, timeMs, record.buffer(), record.eventOffset(), record.eventLength());
            }
            machine.applied(sequence, timeMs);
        } catch (final InvariantViolation e) {
            throw new FaultFoundException("sequence " + sequence + " at position " + position + ": " + e.getMessage());
        }
        return true;
    }

    private void print(final boolean withHolds) {
        final StatePages pages = new StatePages(machine);
        final List<String> drops = new ArrayList<>();
        json.clear().raw("{\"sequence\":").number(machine.sequence()).raw(",\"time\":");
        if (machine.sequence() == 0) {
            json.raw("null");
        } else {
            json.time(machine.timeMs());
        }
        json.raw(",\"drops\":[");
        final DropJson dropJson = new DropJson();
        pages.drops((buffer, offset) -> {
            separate(drops.isEmpty());
            drops.add(nameOf(buffer, offset));
            dropJson.write(buffer, offset, json);
            drain();
        });
        json.raw(']');
        if (withHolds) {
            json.raw(",\"holds\":[");
            printHolds(pages, drops);
            json.raw(']');
        }
        json.raw("}\n");
        drain();
    }

    private void printHolds(final StatePages pages, final List<String> drops) {
        final HoldJson holdJson = new HoldJson();
        final boolean[] isFirst = {true};
        for (final String drop : drops) {
            pages.holds(drop, (buffer, offset) -> {
                separate(isFirst[0]);
                isFirst[0] = false;
                holdJson.write(buffer, offset, machine.timeMs(), json);
                drain();
            });
        }
    }

    private void separate(final boolean isFirst) {
        if (!isFirst) {
            json.raw(',');
        }
    }

    /** Writes out as it goes: a state of millions of holds never stands in memory as text. */
    private void drain() {
        output.write(json);
        json.clear();
    }

    private static String nameOf(final DirectBuffer buffer, final int offset) {
        final DropImageDecoder image =
                new DropImageDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        for (final var sku = image.skus(); sku.hasNext(); ) {
            sku.next().skipSku();
        }
        return image.drop();
    }
}
