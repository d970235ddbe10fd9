package io.holdfast.core.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of 64 to 2,048 bytes and tables of 32 KiB, named by an {@code int} reference and reused when freed.
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
 * grow with the rate of holds, before it counts as old. They come in slabs, so that the operating system can give them
 * huge pages of its own, and go with {@link #release()}, or when the collector finds that nobody has the arena any more.
 */
public final class Arena {
    /** The reference that names no record. */
    public static final int NONE = 0;

    /** Longest record in bytes. */
    public static final int RECORD_LENGTH_MAX = 2_048;

    /** A table's length in bytes. */
    public static final int TABLE_LENGTH = 1 << 15;

    private static final int LINE_SHIFT = 6;
    private static final int PAGE_SHIFT = 12;
    private static final int LINES_PER_PAGE = 1 << PAGE_SHIFT;
    private static final int LINE_MASK = LINES_PER_PAGE - 1;
    private static final int PAGES_MAX = 1 << (Integer.SIZE - PAGE_SHIFT);
    private static final int TABLE_LINES = TABLE_LENGTH >>> LINE_SHIFT;

    static final int LINE_LENGTH = 1 << LINE_SHIFT;
    static final int PAGE_LENGTH = LINES_PER_PAGE << LINE_SHIFT;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final SlabSource source;
    private final SizeClass[] classes = new SizeClass[RECORD_LENGTH_MAX >>> LINE_SHIFT];
    private final SizeClass tables = new SizeClass();

    /** All there are, and what of the last one is not in use yet, aligned. */
    private final List<ByteBuffer> slabs = new ArrayList<>();

    private ByteBuffer unused = EMPTY;

    /** Pages 0 to pageCount-1 exist; {@code linesOf} has the size of each one's records. */
    private UnsafeBuffer[] pages = new UnsafeBuffer[16];

    private short[] linesOf = new short[16];
    private int pageCount;
    private long usedBytes;

    /** An arena that makes its slabs itself, of a size that grows with what it holds. */
    public Arena() {
        this(SlabSource.growing());
    }

    public Arena(final SlabSource source) {
        this.source = source;
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
        return allocate(classes[lines - 1], lines);
    }

    /**
     * Memory of {@link #TABLE_LENGTH} bytes, all zero; for the rest as a record is.
     *
     * @throws IllegalStateException if the arena holds 256 GiB
     * @throws OutOfMemoryError if the process may have no more direct memory; nothing was changed
     */
    int allocateTable() {
        final int table = allocate(tables, TABLE_LINES);
        page(table).setMemory(offset(table), TABLE_LENGTH, (byte) 0);
        return table;
    }

    private int allocate(final SizeClass sizeClass, final int lines) {
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
        final SizeClass sizeClass = lines == TABLE_LINES ? tables : classes[lines - 1];
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

    /** Bytes in records and tables that are allocated now. */
    public long usedBytes() {
        return usedBytes;
    }

    /** The first record of all stays unused, so that none is named {@link #NONE}. */
    private void addPage(final SizeClass sizeClass, final int lines) {
        if (pageCount == PAGES_MAX) {
            throw new IllegalStateException("the arena is full");
        }
        if (pageCount == pages.length) {
            final UnsafeBuffer[] morePages = Arrays.copyOf(pages, pageCount * 2);
            linesOf = Arrays.copyOf(linesOf, pageCount * 2);
            pages = morePages;
        }
        pages[pageCount] = nextPage();
        linesOf[pageCount] = (short) lines;
        final int unusedCount = LINES_PER_PAGE / lines;
        final boolean isFirst = pageCount == 0;
        sizeClass.unused = (pageCount << PAGE_SHIFT) + (isFirst ? lines : 0);
        sizeClass.unusedCount = isFirst ? unusedCount - 1 : unusedCount;
        pageCount++;
    }

    private UnsafeBuffer nextPage() {
        if (unused.remaining() < PAGE_LENGTH) {
            final ByteBuffer slab = source.next();
            slabs.add(slab);
            unused = slab.alignedSlice(LINE_LENGTH);
        }
        final UnsafeBuffer page = new UnsafeBuffer(unused, unused.position(), PAGE_LENGTH);
        unused.position(unused.position() + PAGE_LENGTH);
        return page;
    }

    /**
     * Gives all memory back at once. Nothing in it may be looked at again, nor any index over it be used; the arena itself is
     * empty then, and may be filled anew.
     */
    public void release() {
        slabs.forEach(BufferUtil::free);
        slabs.clear();
        unused = EMPTY;
        Arrays.fill(pages, 0, pageCount, null);
        pageCount = 0;
        usedBytes = 0;
        for (final SizeClass each : classes) {
            each.clear();
        }
        tables.clear();
    }

    /** Records of one size: the freed ones, linked by their first int, and those of its newest page never handed out. */
    private static final class SizeClass {
        private int free = NONE;
        private int unused;
        private int unusedCount;

        void clear() {
            free = NONE;
            unusedCount = 0;
        }
    }
}
