package io.holdfast.core.store;

import java.nio.ByteBuffer;

/**
 * Where an arena gets its memory, in slabs of whole pages. Memory costs most when it is touched for the first time, which
 * an arena does on its own thread when it needs it, unless its source did it before.
 */
@FunctionalInterface
public interface SlabSource {
    /** Pages of a slab of 8 MiB: four of what processors have for huge pages. */
    int PAGES_MAX = 32;

    /**
     * A slab, its content undefined, which is the caller's from now on, to be freed as well.
     *
     * @throws OutOfMemoryError if the process may have no more direct memory
     */
    ByteBuffer next();

    /**
     * Memory for so many pages, and for aligning them; all of it was touched.
     *
     * @throws OutOfMemoryError if the process may have no more direct memory
     */
    static ByteBuffer allocate(final int pageCount) {
        return ByteBuffer.allocateDirect(pageCount * Arena.PAGE_LENGTH + Arena.LINE_LENGTH);
    }

    /** Makes a slab of one page, and from then on as much as it gave before: no state takes more than twice what it needs. */
    static SlabSource growing() {
        return new SlabSource() {
            private int given;

            @Override
            public ByteBuffer next() {
                final int pageCount = Math.max(1, Math.min(given, PAGES_MAX));
                final ByteBuffer slab = allocate(pageCount);
                given += pageCount;
                return slab;
            }
        };
    }
}
