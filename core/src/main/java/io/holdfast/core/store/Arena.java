package io.holdfast.core.store;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
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
    private static final int PAGES_INITIAL = 16;
    private static final int PAGES_MAX = 1 << (Integer.SIZE - PAGE_SHIFT);
    private static final int TABLE_LINES = TABLE_LENGTH >>> LINE_SHIFT;

    private static final long NOWHERE = 0;

    static final int LINE_LENGTH = 1 << LINE_SHIFT;
    static final int PAGE_LENGTH = LINES_PER_PAGE << LINE_SHIFT;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
    private static final boolean IS_SWAPPED = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;

    private final SlabSource source;
    private final SizeClass[] classes = new SizeClass[RECORD_LENGTH_MAX >>> LINE_SHIFT];
    private final SizeClass tables = new SizeClass();

    /** All there are, and what of the last one is not in use yet, aligned. */
    private final List<ByteBuffer> slabs = new ArrayList<>();

    private ByteBuffer unused = EMPTY;

    /** Pages 0 to pageCount-1 exist; {@code linesOf} has the size of each one's records. */
    private UnsafeBuffer[] pages = new UnsafeBuffer[PAGES_INITIAL];

    /**
     * Where each page lies, {@link #NOWHERE} for one that does not exist. A buffer would have to be asked anew, at each access,
     * for its array, which it may have, its address and its length.
     */
    private long[] addresses = new long[PAGES_INITIAL];

    private short[] linesOf = new short[PAGES_INITIAL];
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
            sizeClass.free = getInt(freed, 0);
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
        putInt(reference, 0, sizeClass.free);
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

    /**
     * What stands {@code at} bytes behind the start of a record or table. Numbers are little-endian, as in the messages.
     *
     * @throws IndexOutOfBoundsException if it lies beyond the page, here and with what puts and clears below
     */
    public long getLong(final int reference, final int at) {
        final long value = UnsafeApi.getLong(address(reference, at, Long.BYTES));
        Reference.reachabilityFence(this);
        return IS_SWAPPED ? Long.reverseBytes(value) : value;
    }

    public void putLong(final int reference, final int at, final long value) {
        UnsafeApi.putLong(address(reference, at, Long.BYTES), IS_SWAPPED ? Long.reverseBytes(value) : value);
        Reference.reachabilityFence(this);
    }

    public int getInt(final int reference, final int at) {
        final int value = UnsafeApi.getInt(address(reference, at, Integer.BYTES));
        Reference.reachabilityFence(this);
        return IS_SWAPPED ? Integer.reverseBytes(value) : value;
    }

    public void putInt(final int reference, final int at, final int value) {
        UnsafeApi.putInt(address(reference, at, Integer.BYTES), IS_SWAPPED ? Integer.reverseBytes(value) : value);
        Reference.reachabilityFence(this);
    }

    public short getShort(final int reference, final int at) {
        final short value = UnsafeApi.getShort(address(reference, at, Short.BYTES));
        Reference.reachabilityFence(this);
        return IS_SWAPPED ? Short.reverseBytes(value) : value;
    }

    public void putShort(final int reference, final int at, final short value) {
        UnsafeApi.putShort(address(reference, at, Short.BYTES), IS_SWAPPED ? Short.reverseBytes(value) : value);
        Reference.reachabilityFence(this);
    }

    /** Copies bytes into a record. */
    public void putBytes(
            final int reference, final int at, final DirectBuffer source, final int sourceOffset, final int length) {
        page(reference).putBytes(offset(reference) + at, source, sourceOffset, length);
    }

    /** Puts zeros from the start of a record on; {@code length} is a multiple of four. */
    public void clear(final int reference, final int length) {
        for (int at = 0; at < length; at += Integer.BYTES) {
            putInt(reference, at, 0);
        }
    }

    /** Where so many bytes of a page lie; none is outside of it, whatever is asked for. */
    private long address(final int reference, final int at, final int length) {
        final int offset = Objects.checkIndex(offset(reference) + at, PAGE_LENGTH - length + 1);
        final long page = addresses[reference >>> PAGE_SHIFT];
        if (page == NOWHERE) {
            throw new IndexOutOfBoundsException("reference " + reference + " is of no page");
        }
        return page + offset;
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
            final long[] moreAddresses = Arrays.copyOf(addresses, pageCount * 2);
            linesOf = Arrays.copyOf(linesOf, pageCount * 2);
            pages = morePages;
            addresses = moreAddresses;
        }
        pages[pageCount] = nextPage();
        addresses[pageCount] = pages[pageCount].addressOffset();
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
            unused = slab.alignedSlice(LINE_LENGTH); // refuses one of the heap, whose address would not stay
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
        Arrays.fill(addresses, 0, pageCount, NOWHERE);
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
