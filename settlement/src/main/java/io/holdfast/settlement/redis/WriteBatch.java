package io.holdfast.settlement.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One call of the script {@code write.lua}: holds and stock, packed as the script's head draws it. Big endian.
 *
 * <p>At {@value #KEYS_MAX} keys it is full; a drop is written whole, so a batch may exceed that by a drop's SKUs.
 */
final class WriteBatch {
    /** Holds and SKUs of a batch: about 2 ms of Redis' one thread. */
    static final int KEYS_MAX = 512;

    private static final byte WRITE = 1;
    private static final byte WRITE_OVER = 2;
    private static final byte DELETE = 3;
    private static final byte EXPIRE = 4;
    private static final int HOLD_HEAD_LENGTH = 1 + AsciiDigits.UUID_LENGTH + Integer.BYTES + Short.BYTES;
    private static final int DROP_HEAD_LENGTH = 2 + Long.BYTES + Short.BYTES;
    private static final int SKU_LENGTH = 1 + 3 * Integer.BYTES;
    private static final byte[] NO_TEXT = {};

    private final List<byte[]> rawKeys = new ArrayList<>();

    private ByteBuffer holds = ByteBuffer.allocate(64 * 1024);
    private ByteBuffer stock = ByteBuffer.allocate(1024);
    private int keys;
    private int written;
    private int deleted;

    boolean isEmpty() {
        return keys == 0;
    }

    boolean isFull() {
        return keys >= KEYS_MAX;
    }

    int written() {
        return written;
    }

    int deleted() {
        return deleted;
    }

    void clear() {
        holds.clear();
        stock.clear();
        rawKeys.clear();
        keys = 0;
        written = 0;
        deleted = 0;
    }

    /**
     * Writes a hold unless Redis has a later state of it.
     *
     * @param ttlMs from now on, above 0
     */
    void write(
            final long most,
            final long least,
            final long ttlMs,
            final byte[] text,
            final int offset,
            final int length) {
        hold(WRITE, most, least, ttlMs);
        text(text, offset, length);
        written++;
    }

    /** Writes a hold whatever Redis has in its place. */
    void writeOver(final long most, final long least, final long ttlMs, final HoldText text) {
        hold(WRITE_OVER, most, least, ttlMs);
        text(text.bytes(), 0, text.length());
        written++;
    }

    void delete(final long most, final long least) {
        hold(DELETE, most, least, 0);
        text(NO_TEXT, 0, 0);
        deleted++;
    }

    /** Sets a hold's time to live. */
    void expire(final long most, final long least, final long ttlMs) {
        hold(EXPIRE, most, least, ttlMs);
        text(NO_TEXT, 0, 0);
        written++;
    }

    /** Deletes the stock of a drop. */
    void deleteStock(final String drop) {
        deleteKey(ascii("holdfast:stock:" + drop));
    }

    /** Deletes a key, whatever it is. */
    void deleteKey(final byte[] key) {
        rawKeys.add(key);
        keys++;
        deleted++;
    }

    private void hold(final byte kind, final long most, final long least, final long ttlMs) {
        holds = withRoom(holds, HOLD_HEAD_LENGTH + HoldText.LENGTH_MAX);
        holds.put(kind);
        holds.position(AsciiDigits.putUuid(most, least, holds.array(), holds.position()));
        holds.putInt((int) ttlMs);
        keys++;
    }

    private void text(final byte[] text, final int offset, final int length) {
        holds.putShort((short) length);
        holds.put(text, offset, length);
    }

    /** Writes what is pending of a drop's stock, all of it where that is needed. */
    void stock(final MirroredDrop drop) {
        final byte[] name = ascii(drop.name);
        stock = withRoom(stock, DROP_HEAD_LENGTH + name.length);
        stock.put((byte) (drop.isWhole() ? 1 : 0));
        stock.put((byte) name.length).put(name);
        stock.putLong(drop.sequence());
        final int countAt = stock.position();
        stock.putShort((short) 0);
        int count = 0;
        for (int sku = 0; sku < drop.skus.length; sku++) {
            if (drop.isPending(sku)) {
                final byte[] skuName = ascii(drop.skus[sku]);
                stock = withRoom(stock, SKU_LENGTH + skuName.length);
                stock.put((byte) skuName.length).put(skuName);
                stock.putInt(drop.available[sku]);
                stock.putInt(drop.held[sku]);
                stock.putInt(drop.sold[sku]);
                count++;
            }
        }
        stock.putShort(countAt, (short) count);
        keys += 1 + count;
        written++;
    }

    /** The script's arguments, but for the token before and the cursor behind. */
    byte[] holds() {
        return Arrays.copyOf(holds.array(), holds.position());
    }

    byte[] stock() {
        return Arrays.copyOf(stock.array(), stock.position());
    }

    List<byte[]> rawKeys() {
        return rawKeys;
    }

    private static ByteBuffer withRoom(final ByteBuffer buffer, final int length) {
        if (buffer.remaining() >= length) {
            return buffer;
        }
        final int capacity = Math.max(buffer.capacity() * 2, buffer.position() + length);
        return ByteBuffer.wrap(Arrays.copyOf(buffer.array(), capacity)).position(buffer.position());
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
