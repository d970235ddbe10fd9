package io.holdfast.gateway.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Puts a body together. One that comes in one piece, as nearly all do, goes through the loop's scratch; only
 * a broken one takes memory of the connection's own, bounded by {@link Connection#BODY_BYTES_MAX}.
 */
final class BodyGatherer {
    private static final byte[] EMPTY = new byte[0];

    private final byte[] scratch;

    private byte[] pieces = EMPTY;
    private byte[] bytes = EMPTY;
    private int length;

    BodyGatherer(final byte[] scratch) {
        this.scratch = scratch;
    }

    /** Whether there was room for it. */
    boolean add(final ByteBuf piece, final boolean last) {
        final int more = piece.readableBytes();
        if (length + more > Connection.BODY_BYTES_MAX) {
            return false;
        }
        if (last && length == 0) {
            bytes = scratch;
        } else {
            if (pieces.length - length < more) {
                pieces = Arrays.copyOf(
                        pieces, Math.min(Connection.BODY_BYTES_MAX, Math.max(length + more, 2 * pieces.length)));
            }
            bytes = pieces;
        }
        piece.readBytes(bytes, length, more);
        length += more;
        return true;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        pieces = EMPTY;
        bytes = EMPTY;
        length = 0;
    }
}
