package io.holdfast.journal;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts sealed batches on disk: one write, one sync. Owns the current segment and rolls to the spare when a
 * batch does not fit. The writer's thread only, except {@link #hasRoom()}.
 */
final class BatchAppender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchAppender.class);

    private final BatchBuilder builder;
    private final BatchChain chain;
    private final SpareKeeper spares;
    private final int epoch;
    private final int batchLengthMax;
    private final BatchHeader header = new BatchHeader();

    private Segment segment;
    private int offset;

    /** Whether the current segment takes a maximal batch and a close batch behind it. */
    private volatile boolean hasRoomHere;

    private long syncNanos;

    BatchAppender(final BatchBuilder builder, final Recovered recovered, final SpareKeeper spares) {
        this.builder = builder;
        this.chain = recovered.chain();
        this.spares = spares;
        this.epoch = recovered.report().epoch();
        this.batchLengthMax = builder.buffer().capacity();
        this.segment = recovered.current();
        this.offset = recovered.offset();
        updateRoom();
    }

    /**
     * Whether a maximal batch can be begun. Only an append can make it false, only the preparation thread
     * true.
     */
    boolean hasRoom() {
        return hasRoomHere || spares.hasSpare();
    }

    /** Whether the batch as it stands fits the current segment, or there is a spare. */
    boolean fits() {
        return builder.batchLength() <= segment.length() - offset || spares.hasSpare();
    }

    /**
     * On return the batch is durable. After a throw nothing is known of it, and nothing more may be appended.
     */
    void append(final BatchType type) throws IOException {
        final int length = builder.batchLength();
        Segment finished = null;
        if (length > segment.length() - offset) {
            if (!spares.hasSpare()) {
                throw new IOException("no spare segment behind " + segment.path());
            }
            finished = segment;
            roll();
        }
        final ChecksumBuffer bytes = builder.seal(type, epoch, position(), chain);
        segment.write(bytes.io(0, length), offset);
        final long startNs = System.nanoTime();
        segment.sync();
        syncNanos = System.nanoTime() - startNs;
        header.decode(bytes, 0);
        chain.advance(header, builder.sealedChecksum(), builder.lastSequence());
        offset += length;
        updateRoom();
        if (finished != null) {
            // Only now: two empty segments in a row would look like lost batches to the next start.
            spares.request(segment.base() + segment.length(), finished);
        }
    }

    /** Says that there is room in the new segment before it takes it away as a spare: it was never gone. */
    private void roll() {
        hasRoomHere = true;
        segment = spares.take();
        offset = SegmentHeader.LENGTH;
    }

    private void updateRoom() {
        hasRoomHere = segment.length() - offset >= batchLengthMax + BatchLayout.SECTOR;
    }

    /** Forgets what was gathered and not appended. */
    void dropPending() {
        builder.drop(chain);
    }

    /** Where the next batch goes, or would if it fits. */
    long position() {
        return segment.base() + offset;
    }

    /** The segment in use, for messages. */
    Segment segment() {
        return segment;
    }

    /** How long the last sync took. */
    long syncNanos() {
        return syncNanos;
    }

    @Override
    public void close() {
        try {
            segment.close();
        } catch (final IOException e) {
            LOG.warn("closing {}: {}", segment.path(), e.toString());
        }
    }
}
