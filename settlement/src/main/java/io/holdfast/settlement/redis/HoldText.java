package io.holdfast.settlement.redis;

import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * A live hold as Redis shows it: the values of its fields, a line each.
 *
 * <pre>
 *   items      [{"sku":"GA","quantity":2}]
 *   drop       tour-berlin
 *   buyer      b-17
 *   status     HELD
 *   sequence   4711                          as HTTP answers it: an extension leaves it as it is
 *   expiresAt  2026-11-23T12:05:00.123Z      grows with an extension: with the sequence it tells older from newer
 * </pre>
 *
 * <p>Names are of letters that neither JSON nor a line has to escape. An instance is used again and again, by one thread.
 */
final class HoldText {
    /** The longest text: eight items of the longest names and quantities, and what goes round them. */
    static final int LENGTH_MAX = 1_280;

    private static final byte[] SKU = ascii("{\"sku\":\"");
    private static final byte[] QUANTITY = ascii("\",\"quantity\":");
    private static final byte[] HELD = ascii("HELD\n");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldImageDecoder image = new HoldImageDecoder();
    private final CRC32C crc = new CRC32C();
    private final UtcText utc = new UtcText();
    private final byte[] bytes = new byte[LENGTH_MAX];

    private int length;

    /**
     * Spells the hold of an image.
     *
     * @param offset of the {@code HoldImage}, header first
     */
    HoldText of(final DirectBuffer buffer, final int offset) {
        image.wrapAndApplyHeader(buffer, offset, header);
        length = 0;
        putItems();
        length += image.getDrop(bytes, length, LENGTH_MAX - length);
        bytes[length++] = '\n';
        length += image.getBuyer(bytes, length, LENGTH_MAX - length);
        bytes[length++] = '\n';
        put(HELD);
        length = AsciiDigits.put(image.sequence(), bytes, length);
        bytes[length++] = '\n';
        length = utc.put(image.expiresAtMs(), bytes, length);
        return this;
    }

    private void putItems() {
        char before = '[';
        for (final HoldImageDecoder.ItemsDecoder item = image.items(); item.hasNext(); ) {
            item.next();
            bytes[length++] = (byte) before;
            put(SKU);
            length += item.getSku(bytes, length, LENGTH_MAX - length);
            put(QUANTITY);
            length = AsciiDigits.put(item.quantity(), bytes, length);
            bytes[length++] = '}';
            before = ',';
        }
        bytes[length++] = ']';
        bytes[length++] = '\n';
    }

    private void put(final byte[] ascii) {
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** CRC32C of the text. */
    int checksum() {
        return checksum(bytes, length);
    }

    /** CRC32C of any text, to compare with a hold's. */
    int checksum(final byte[] text, final int textLength) {
        crc.reset();
        crc.update(text, 0, textLength);
        return (int) crc.getValue();
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
