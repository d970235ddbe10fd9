package io.holdfast.gateway.api;

import io.holdfast.gateway.request.HoldId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Makes random UUIDs (RFC 9562, version 4). A hold's id is the capability to see, extend and release it, so
 * it must not be guessed: every bit comes from the platform's secure generator. It is asked for 256 ids at a
 * time, since a call costs a lock and a system call, and what was used is wiped. One for each event loop.
 */
final class HoldIds {
    private static final int IDS_PER_FILL = 256;
    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION = 0x0000_0000_0000_4000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer bytes = ByteBuffer.allocate(IDS_PER_FILL * 2 * Long.BYTES);

    HoldIds() {
        bytes.position(bytes.limit());
    }

    void next(final HoldId into) {
        if (!bytes.hasRemaining()) {
            random.nextBytes(bytes.array());
            bytes.clear();
        }
        into.set(take() & VERSION_MASK | VERSION, take() & VARIANT_MASK | VARIANT);
    }

    private long take() {
        final int at = bytes.position();
        final long value = bytes.getLong();
        bytes.putLong(at, 0);
        return value;
    }
}
