package io.holdfast.core.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of 64 to 2,048 bytes, named by an {@code int} reference and reused when freed.
 *
 * <pre>
 *   reference   31            12 11           0
 *              +----------------+--------------+
 *              |      page      |     line     |      0 names nothing
 *              +----------------+--------------+
 *   a page is 4,096 lines of 64 bytes; all records in it are of one size, a whole number of lines
 * </pre>
 *
 * <p>A record starts on a cache line, its fields lie together, and a freed one is the next to be handed out. To find one
 * is a shift and a look into one table. Growing adds a page and moves nothing, so buffers and offsets stay valid until
 * their record is freed.
 *
 * <p>Pages lie outside the Java heap: what stays for the length of a drop would be copied by the collector, in pauses that
 * grow with the rate of holds, before it counts as old. They go with {@link #release()}, or when the collector finds that
 * nobody has the arena any more.
 */
public final class Arena {
    /** The reference that names no record. */
    public static final int NONE = 0;

    /** Longest record in bytes. */
    public static final int RECORD_LENGTH_MAX = 2_048;

    private static final int LINE_SHIFT = 6;
    private static final int PAGE_SHIFT = 12;
    private static final int LINES_PER_PAGE = 1 << PAGE_SHIFT;
    private static final int LINE_MASK = LINES_PER_PAGE - 1;
    private static final int LINE_LENGTH = 1 << LINE_SHIFT;
    private static final int PAGE_LENGTH = LINES_PER_PAGE << LINE_SHIFT;
    private static final int PAGES_MAX = 1 << (Integer.SIZE - PAGE_SHIFT);

    private final SizeClass[] classes = new SizeClass[RECORD_LENGTH_MAX >>> LINE_SHIFT];

    /** Pages 0 to pageCount-1 exist; {@code linesOf} has the size of each one's records. */
    private UnsafeBuffer[] pages = new UnsafeBuffer[16];

    /** What the pages are aligned parts of. */
    private ByteBuffer[] memory = new ByteBuffer[16];

    private byte[] linesOf = new byte[16];
    private int pageCount;
    private long usedBytes;

    public Arena() {
        Arrays.setAll(classes, i -> new SizeClass());
    }

    /**
     * A record of at least {@code length} bytes, its content undefined.
     *
     * @throws IllegalArgumentException if the length is not within 1 to {@link #RECORD_LENGTH_MAX}
     * @throws IllegalStateException if the arena holds 256 GiB
     * @throws OutOfMemoryError if the process may have no more direct memory; nothing was changed
     */
    public int allocate(final int length) {
        if (length < 1 || length > RECORD_LENGTH_MAX) {
            throw new IllegalArgumentException("record length " + length);
        }
        final int lines = (length + LINE_LENGTH - 1) >>> LINE_SHIFT;
        final SizeClass sizeClass = classes[lines - 1];
        final int freed = sizeClass.free;
        if (freed == NONE && sizeClass.unusedCount == 0) {
            addPage(sizeClass, lines);
        }
        usedBytes += (long) lines << LINE_SHIFT;
        if (freed != NONE) {
            sizeClass.free = page(freed).getInt(offset(freed));
            return freed;
        }
        final int reference = sizeClass.unused;
        sizeClass.unused += lines;
        sizeClass.unusedCount--;
        return reference;
    }

    public void free(final int reference) {
        final int lines = linesOf[reference >>> PAGE_SHIFT];
        final SizeClass sizeClass = classes[lines - 1];
        page(reference).putInt(offset(reference), sizeClass.free);
        sizeClass.free = reference;
        usedBytes -= (long) lines << LINE_SHIFT;
    }

    /** The buffer in which the record lies, from {@link #offset} on. */
    public UnsafeBuffer page(final int reference) {
        return pages[reference >>> PAGE_SHIFT];
    }

    public int offset(final int reference) {
        return (reference & LINE_MASK) << LINE_SHIFT;
    }

    /** Bytes in records that are allocated now. */
    public long usedBytes() {
        return usedBytes;
    }

    /** The very first line of all stays unused, so that no record is named {@link #NONE}. */
    private void addPage(final SizeClass sizeClass, final int lines) {
        if (pageCount == PAGES_MAX) {
            throw new IllegalStateException("the arena is full");
        }
        if (pageCount == pages.length) {
            pages = Arrays.copyOf(pages, pageCount * 2);
            memory = Arrays.copyOf(memory, pageCount * 2);
            linesOf = Arrays.copyOf(linesOf, pageCount * 2);
        }
        memory[pageCount] = ByteBuffer.allocateDirect(PAGE_LENGTH + LINE_LENGTH);
        pages[pageCount] = new UnsafeBuffer(memory[pageCount].alignedSlice(LINE_LENGTH), 0, PAGE_LENGTH);
        linesOf[pageCount] = (byte) lines;
        final int firstLine = pageCount == 0 ? 1 : 0;
        sizeClass.unused = (pageCount << PAGE_SHIFT) | firstLine;
        sizeClass.unusedCount = (LINES_PER_PAGE - firstLine) / lines;
        pageCount++;
    }

    /** Gives all memory back at once. Nothing in it may be looked at again; the arena is empty then, and may be filled anew. */
    public void release() {
        for (int page = 0; page < pageCount; page++) {
            BufferUtil.free(memory[page]);
            memory[page] = null;
            pages[page] = null;
        }
        pageCount = 0;
        usedBytes = 0;
        Arrays.setAll(classes, i -> new SizeClass());
    }

    /** Records of one size: the freed ones, linked by their first int, and those of its newest page never handed out. */
    private static final class SizeClass {
        private int free = NONE;
        private int unused;
        private int unusedCount;
    }
}
