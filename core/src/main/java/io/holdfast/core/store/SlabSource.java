package io.holdfast.core.store;

import java.nio.ByteBuffer;

/**
 * Where an arena gets its memory, in slabs of whole pages. Memory costs most when it is touched for the first time, which
 * an arena does on its own thread when it needs it, unless its source did it before.
 */
@FunctionalInterface
public interface SlabSource {
    /**
     * Bytes of a large slab: with what the C library adds exactly four huge pages of 2 MiB. Linux puts a mapping of another
     * length anywhere, where it gets fewer of them (ADR 0019).
     */
    int LARGE = (8 << 20) - Arena.LINE_LENGTH;

    /**
     * A direct buffer for one page or more, and a cache line to align them; content undefined. It is the caller's from now
     * on, to be freed as well.
     *
     * @throws OutOfMemoryError if the process may have no more direct memory
     */
    ByteBuffer next();

    /** Makes a slab of one page, and each next one twice as large, up to the large ones: no state takes much more than it needs. */
    static SlabSource growing() {
        return new SlabSource() {
            private int length = Arena.PAGE_LENGTH + Arena.LINE_LENGTH;

            @Override
            public ByteBuffer next() {
                final ByteBuffer slab = ByteBuffer.allocateDirect(length);
                length = Math.min(length * 2, LARGE);
                return slab;
            }
        };
    }
}
