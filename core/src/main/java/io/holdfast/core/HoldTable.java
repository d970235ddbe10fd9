package io.holdfast.core;

import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.store.Arena;
import io.holdfast.core.store.Bytes;
import io.holdfast.core.store.RefIndex;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All holds that are remembered, by their UUID.
 *
 * <pre>
 *    0 next, prev          int, int   the due queue while held, the finished list after release or expiry
 *    8 buyerNext, -Prev    int, int   the buyer's holds by creation
 *   16 dueAtMs             long       deadline + grace, or later after a restart
 *   24 finishNumber        long       order of finishing within the drop, 0 while unfinished or paid
 *   32 buyer               int        the buyer's record
 *   36 kind                int        RecordKind.HOLD
 *   40 heapIndex           int        -1 when not in the heap
 *   44 queued              int        1 while in the due queue
 *   48 imageLength         int
 *   52 keyLength           int        0 when it was placed without a key
 *   56 keyHash             long       where the key index has it
 *   64 image               HoldImage, header first: what events and answers carry, copied as it stands
 *    .. key
 * </pre>
 */
final class HoldTable extends RefIndex {
    private static final int NEXT = 0;
    private static final int PREV = 4;
    private static final int BUYER_NEXT = 8;
    private static final int BUYER_PREV = 12;
    private static final int DUE_AT = 16;
    private static final int FINISH_NUMBER = 24;
    private static final int BUYER = 32;
    private static final int HEAP_INDEX = 40;
    private static final int QUEUED = 44;
    private static final int IMAGE_LENGTH = 48;
    private static final int KEY_LENGTH = 52;
    private static final int KEY_HASH = 56;
    private static final int IMAGE = 64;
    private static final int BLOCK = IMAGE + MessageHeaderDecoder.ENCODED_LENGTH;

    private static final ByteOrder ORDER = HoldImageDecoder.BYTE_ORDER;

    private static final int ID_MOST = BLOCK + HoldImageDecoder.holdEncodingOffset();
    private static final int ID_LEAST = ID_MOST + Long.BYTES;
    private static final int SEQUENCE = BLOCK + HoldImageDecoder.sequenceEncodingOffset();
    private static final int CREATED_AT = BLOCK + HoldImageDecoder.createdAtMsEncodingOffset();
    private static final int EXPIRES_AT = BLOCK + HoldImageDecoder.expiresAtMsEncodingOffset();
    private static final int AMOUNT = BLOCK + HoldImageDecoder.amountMinorEncodingOffset();
    private static final int DROP_NUMBER = BLOCK + HoldImageDecoder.dropNumberEncodingOffset();
    private static final int STATUS = BLOCK + HoldImageDecoder.statusEncodingOffset();

    private final Arena arena;
    private final long seed;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldImageDecoder image = new HoldImageDecoder();

    /** The id that {@link #matches} compares with; set by {@link #find(long, long)} for the span of one probe. */
    private long wantedMost;

    private long wantedLeast;

    HoldTable(final Arena arena, final long seed) {
        super(arena);
        this.arena = arena;
        this.seed = seed;
    }

    long hash(final long most, final long least) {
        return Bytes.hash(seed, most, least);
    }

    int find(final long most, final long least) {
        return find(hash(most, least), most, least);
    }

    int find(final long hash, final long most, final long least) {
        wantedMost = most;
        wantedLeast = least;
        return find(hash);
    }

    @Override
    protected boolean matches(final int hold) {
        return arena.getLong(hold, ID_MOST) == wantedMost && arena.getLong(hold, ID_LEAST) == wantedLeast;
    }

    @Override
    protected boolean isSame(final int hold, final int other) {
        wantedMost = arena.getLong(hold, ID_MOST);
        wantedLeast = arena.getLong(hold, ID_LEAST);
        return matches(other);
    }

    /** Copies image and key into a new record and indexes it by its id, whose hash it is given. */
    int add(
            final long hash,
            final DirectBuffer source,
            final int imageOffset,
            final int imageLength,
            final int keyOffset,
            final int keyLength) {
        final int hold = arena.allocate(IMAGE + imageLength + keyLength);
        arena.clear(hold, IMAGE);
        arena.putInt(hold, RecordKind.OFFSET, RecordKind.HOLD);
        arena.putInt(hold, HEAP_INDEX, -1);
        arena.putInt(hold, IMAGE_LENGTH, imageLength);
        arena.putInt(hold, KEY_LENGTH, keyLength);
        arena.putBytes(hold, IMAGE, source, imageOffset, imageLength);
        arena.putBytes(hold, IMAGE + imageLength, source, keyOffset, keyLength);
        insert(hash, hold);
        return hold;
    }

    void remove(final int hold) {
        delete(hash(arena.getLong(hold, ID_MOST), arena.getLong(hold, ID_LEAST)), hold);
        arena.free(hold);
    }

    /** The image, for reading; valid until the next call and while the hold exists. */
    HoldImageDecoder image(final int hold) {
        return image.wrapAndApplyHeader(arena.page(hold), arena.offset(hold) + IMAGE, header);
    }

    int imageLength(final int hold) {
        return arena.getInt(hold, IMAGE_LENGTH);
    }

    /** Copies the image out and returns its length. */
    int copyImage(final int hold, final MutableDirectBuffer target, final int targetOffset) {
        final int length = imageLength(hold);
        target.putBytes(targetOffset, arena.page(hold), arena.offset(hold) + IMAGE, length);
        return length;
    }

    /** Changes the status in an image that stands in another buffer. */
    static void patchStatus(final MutableDirectBuffer buffer, final int imageOffset, final HoldStatus status) {
        buffer.putByte(imageOffset + STATUS - IMAGE, (byte) status.value());
    }

    /** Changes the deadline in an image that stands in another buffer. */
    static void patchExpiresAt(final MutableDirectBuffer buffer, final int imageOffset, final long expiresAtMs) {
        buffer.putLong(imageOffset + EXPIRES_AT - IMAGE, expiresAtMs, ORDER);
    }

    /** The drop's number in an image that stands in another buffer. */
    static int dropNumber(final DirectBuffer buffer, final int imageOffset) {
        return buffer.getInt(imageOffset + DROP_NUMBER - IMAGE, ORDER);
    }

    static long expiresAtMs(final DirectBuffer buffer, final int imageOffset) {
        return buffer.getLong(imageOffset + EXPIRES_AT - IMAGE, ORDER);
    }

    static long idMost(final DirectBuffer buffer, final int imageOffset) {
        return buffer.getLong(imageOffset + ID_MOST - IMAGE, ORDER);
    }

    static long idLeast(final DirectBuffer buffer, final int imageOffset) {
        return buffer.getLong(imageOffset + ID_LEAST - IMAGE, ORDER);
    }

    UnsafeBuffer page(final int hold) {
        return arena.page(hold);
    }

    int imageOffset(final int hold) {
        return arena.offset(hold) + IMAGE;
    }

    int keyOffset(final int hold) {
        return imageOffset(hold) + imageLength(hold);
    }

    int keyLength(final int hold) {
        return arena.getInt(hold, KEY_LENGTH);
    }

    long keyHash(final int hold) {
        return arena.getLong(hold, KEY_HASH);
    }

    void keyHash(final int hold, final long hash) {
        arena.putLong(hold, KEY_HASH, hash);
    }

    long sequence(final int hold) {
        return arena.getLong(hold, SEQUENCE);
    }

    long createdAtMs(final int hold) {
        return arena.getLong(hold, CREATED_AT);
    }

    long expiresAtMs(final int hold) {
        return arena.getLong(hold, EXPIRES_AT);
    }

    void expiresAtMs(final int hold, final long expiresAtMs) {
        arena.putLong(hold, EXPIRES_AT, expiresAtMs);
    }

    long amountMinor(final int hold) {
        return arena.getLong(hold, AMOUNT);
    }

    int dropNumber(final int hold) {
        return arena.getInt(hold, DROP_NUMBER);
    }

    HoldStatus status(final int hold) {
        return HoldStatus.get((short) (arena.page(hold).getByte(arena.offset(hold) + STATUS) & 0xFF));
    }

    void status(final int hold, final HoldStatus status) {
        arena.page(hold).putByte(arena.offset(hold) + STATUS, (byte) status.value());
    }

    /** Whether its units count for its buyer; the others are finished. */
    boolean isHeldOrPaid(final int hold) {
        final HoldStatus status = status(hold);
        return status == HoldStatus.HELD || status == HoldStatus.PAID;
    }

    int next(final int hold) {
        return arena.getInt(hold, NEXT);
    }

    void next(final int hold, final int value) {
        arena.putInt(hold, NEXT, value);
    }

    int prev(final int hold) {
        return arena.getInt(hold, PREV);
    }

    void prev(final int hold, final int value) {
        arena.putInt(hold, PREV, value);
    }

    int buyerNext(final int hold) {
        return arena.getInt(hold, BUYER_NEXT);
    }

    void buyerNext(final int hold, final int value) {
        arena.putInt(hold, BUYER_NEXT, value);
    }

    int buyerPrev(final int hold) {
        return arena.getInt(hold, BUYER_PREV);
    }

    void buyerPrev(final int hold, final int value) {
        arena.putInt(hold, BUYER_PREV, value);
    }

    int buyer(final int hold) {
        return arena.getInt(hold, BUYER);
    }

    void buyer(final int hold, final int buyer) {
        arena.putInt(hold, BUYER, buyer);
    }

    long dueAtMs(final int hold) {
        return arena.getLong(hold, DUE_AT);
    }

    void dueAtMs(final int hold, final long dueAtMs) {
        arena.putLong(hold, DUE_AT, dueAtMs);
    }

    long finishNumber(final int hold) {
        return arena.getLong(hold, FINISH_NUMBER);
    }

    void finishNumber(final int hold, final long finishNumber) {
        arena.putLong(hold, FINISH_NUMBER, finishNumber);
    }

    int heapIndex(final int hold) {
        return arena.getInt(hold, HEAP_INDEX);
    }

    void heapIndex(final int hold, final int index) {
        arena.putInt(hold, HEAP_INDEX, index);
    }

    boolean isQueued(final int hold) {
        return arena.getInt(hold, QUEUED) != 0;
    }

    void queued(final int hold, final boolean queued) {
        arena.putInt(hold, QUEUED, queued ? 1 : 0);
    }
}
