package io.holdfast.core.store;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of 64 to 2,048 bytes, named by an {@code int} reference and reused when freed.
 *
 * <pre>
 *   reference   31     27 26                          0
 *              +---------+-----------------------------+
 *              |  class  |  index in the class, from 1 |      0 names nothing
 *              +---------+-----------------------------+
 *   class c holds records of (c + 1) x 64 bytes, in pages of about 256 KiB
 * </pre>
 *
 * <p>A record's length is a multiple of a cache line's, its fields lie together, and a freed one is the next to be
 * handed out. Growing adds a page and moves nothing, so buffers and offsets stay valid until their record is freed.
 */
public final class Arena {
    /** The reference that names no record. */
    public static final int NONE = 0;

    /** Longest record in bytes. */
    public static final int RECORD_LENGTH_MAX = 2_048;

    private static final int CLASS_SHIFT = 27;
    private static final int INDEX_MASK = (1 << CLASS_SHIFT) - 1;
    private static final int LINE_SHIFT = 6;
    private static final int PAGE_LENGTH = 256 * 1_024;

    private final SizeClass[] classes = new SizeClass[RECORD_LENGTH_MAX >>> LINE_SHIFT];
    private long usedBytes;

    public Arena() {
        Arrays.setAll(classes, i -> new SizeClass((i + 1) << LINE_SHIFT));
    }

    /**
     * A record of at least {@code length} bytes, its content undefined.
     *
     * @throws IllegalArgumentException if the length is not within 1 to {@link #RECORD_LENGTH_MAX}
     */
    public int allocate(final int length) {
        if (length < 1 || length > RECORD_LENGTH_MAX) {
            throw new IllegalArgumentException("record length " + length);
        }
        final int number = (length - 1) >>> LINE_SHIFT;
        final SizeClass sizeClass = classes[number];
        usedBytes += sizeClass.recordLength;
        return (number << CLASS_SHIFT) | sizeClass.take();
    }

    public void free(final int reference) {
        final SizeClass sizeClass = classes[reference >>> CLASS_SHIFT];
        usedBytes -= sizeClass.recordLength;
        sizeClass.give(reference & INDEX_MASK);
    }

    /** The buffer in which the record lies, from {@link #offset} on. */
    public UnsafeBuffer page(final int reference) {
        final SizeClass sizeClass = classes[reference >>> CLASS_SHIFT];
        return sizeClass.pages[(reference & INDEX_MASK) >>> sizeClass.pageShift];
    }

    public int offset(final int reference) {
        final SizeClass sizeClass = classes[reference >>> CLASS_SHIFT];
        return (reference & sizeClass.slotMask) * sizeClass.recordLength;
    }

    /** Bytes in records that are allocated now. */
    public long usedBytes() {
        return usedBytes;
    }

    private static final class SizeClass {
        private final int recordLength;
        private final int pageShift;
        private final int slotMask;

        /** Index 0 is never handed out; {@code free} heads the list of freed records, linked by their first int. */
        private UnsafeBuffer[] pages = new UnsafeBuffer[4];

        private int used = 1;
        private int free;

        SizeClass(final int recordLength) {
            this.recordLength = recordLength;
            this.pageShift = 31 - Integer.numberOfLeadingZeros(PAGE_LENGTH / recordLength);
            this.slotMask = (1 << pageShift) - 1;
        }

        int take() {
            if (free != 0) {
                final int index = free;
                free = pages[index >>> pageShift].getInt((index & slotMask) * recordLength);
                return index;
            }
            if (used > INDEX_MASK) {
                throw new IllegalStateException("arena class of " + recordLength + " bytes is full");
            }
            final int page = used >>> pageShift;
            if (page == pages.length) {
                pages = Arrays.copyOf(pages, pages.length * 2);
            }
            if (pages[page] == null) {
                pages[page] = new UnsafeBuffer(new byte[recordLength << pageShift]);
            }
            return used++;
        }

        void give(final int index) {
            pages[index >>> pageShift].putInt((index & slotMask) * recordLength, free);
            free = index;
        }
    }
}
