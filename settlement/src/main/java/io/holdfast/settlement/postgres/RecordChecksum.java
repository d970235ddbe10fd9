package io.holdfast.settlement.postgres;

import io.holdfast.core.JournalRecord;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * What a record says, in 32 bits: CRC32C of its sequence (8 bytes, big endian), its command and its framed events. Kept in
 * databases, so it never changes. One thread; allocates only when a record is longer than any before.
 */
final class RecordChecksum {
    private final CRC32C crc = new CRC32C();

    private ByteBuffer bytes = ByteBuffer.allocate(1024);

    int of(final long sequence, final JournalRecord record) {
        final DirectBuffer buffer = record.buffer();
        final int length = record.eventsOffset() + record.eventsLength() - record.commandOffset();
        if (bytes.capacity() < Long.BYTES + length) {
            bytes = ByteBuffer.allocate(2 * (Long.BYTES + length));
        }
        bytes.putLong(0, sequence);
        buffer.getBytes(record.commandOffset(), bytes.array(), Long.BYTES, length);
        crc.reset();
        crc.update(bytes.array(), 0, Long.BYTES + length);
        return (int) crc.getValue();
    }
}
