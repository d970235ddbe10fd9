package io.holdfast.gateway.pipeline;

import io.holdfast.core.StateMachine;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/**
 * Durable images of the drops, at most 10 ms old, for those who need no exact answer. The writer publishes after a
 * commit; any thread reads.
 */
final class StockImages {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(8);

    private final StateMachine core;
    private final LongSupplier nanoTime;
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DropImageDecoder decoder = new DropImageDecoder();

    private long publishedSequence;
    private long publishedNs;

    StockImages(final StateMachine core, final LongSupplier nanoTime) {
        this.core = core;
        this.nanoTime = nanoTime;
    }

    /** The image of the drop, a {@code DropImage} with its header; null for an unknown drop. Not to be changed. */
    byte[] get(final String drop) {
        return images.get(drop);
    }

    /** All images by drop; a live view. */
    Map<String, byte[]> all() {
        return images;
    }

    /** For the writer, after a commit: publishes what has changed, if it is time. */
    void publishIfDue() {
        if (core.sequence() != publishedSequence && nanoTime.getAsLong() - publishedNs >= PERIOD_NS) {
            publish();
        }
    }

    /** For the writer: nanoseconds until there is something to publish; {@link Long#MAX_VALUE} for nothing. */
    long untilDueNs() {
        return core.sequence() == publishedSequence
                ? Long.MAX_VALUE
                : Math.max(0, publishedNs + PERIOD_NS - nanoTime.getAsLong());
    }

    void publish() {
        core.dropImages(publishedSequence, this::put);
        if (images.size() != core.dropCount()) {
            removeArchived();
        }
        publishedSequence = core.sequence();
        publishedNs = nanoTime.getAsLong();
    }

    /** Readers look at any time: an image of a drop that is still there is never gone, not even for a moment. */
    private void removeArchived() {
        final Set<String> left = new HashSet<>();
        core.dropImages(0, (buffer, offset, length) -> left.add(nameOf(buffer, offset)));
        images.keySet().retainAll(left);
    }

    private void put(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] image = new byte[length];
        buffer.getBytes(offset, image);
        images.put(nameOf(buffer, offset), image);
    }

    private String nameOf(final DirectBuffer buffer, final int offset) {
        decoder.wrapAndApplyHeader(buffer, offset, header);
        for (final DropImageDecoder.SkusDecoder each = decoder.skus(); each.hasNext(); ) {
            each.next().skipSku();
        }
        return decoder.drop();
    }
}
