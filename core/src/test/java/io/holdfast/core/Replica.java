package io.holdfast.core;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core that follows another one's journal by its events, and can be made a snapshot of. */
public final class Replica implements CoreDriver.RecordSink {
    private final JournalRecord reader = new JournalRecord();
    private final StateMachine core;

    public Replica(final long hashSeed) {
        this(new StateMachine(hashSeed));
    }

    private Replica(final StateMachine core) {
        this.core = core;
    }

    /** A core with the same state, by way of a snapshot. */
    public static StateMachine copyOf(final StateMachine original, final long hashSeed) {
        final List<byte[]> entries = new ArrayList<>();
        original.snapshot((buffer, offset, length) -> entries.add(bytes(buffer, offset, length)));
        final StateMachine copy = new StateMachine(hashSeed);
        for (final byte[] entry : entries) {
            copy.loadEntry(new UnsafeBuffer(entry), 0, entry.length);
        }
        if (!copy.isLoaded()) {
            throw new AssertionError("a snapshot of " + entries.size() + " entries was not loaded to its end");
        }
        return copy;
    }

    /** A follower that begins with a snapshot of the original. */
    public static Replica from(final StateMachine original, final long hashSeed) {
        return new Replica(copyOf(original, hashSeed));
    }

    static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    @Override
    public void onRecord(final long sequence, final long timeMs, final UnsafeBuffer record, final int length) {
        for (reader.wrap(record, 0, length); reader.nextEvent(); ) {
            core.apply(sequence, timeMs, record, reader.eventOffset(), reader.eventLength());
        }
        core.applied(sequence, timeMs);
    }

    public StateMachine core() {
        return core;
    }
}
