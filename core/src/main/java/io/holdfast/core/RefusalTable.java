package io.holdfast.core;

import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.store.Arena;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Refusals that are remembered for a key: {@code sold-out} and {@code buyer-limit}, for a minute, in a list per drop
 * with the oldest first. They have a memory of their own, so that no number of them can push out a granted key.
 *
 * <pre>
 *    0 next, prev                int, int
 *    8 expiresAtMs               long
 *   16 sequence                  long
 *   24 drop                      int
 *   28 refusalLength             int
 *   32 buyerOffset, buyerLength  short, short   within the refusal
 *   36 kind                      int            RecordKind.REFUSAL
 *   40 keyOffset, keyLength      short, short   within the refusal
 *   44 (unused)                  int
 *   48 keyHash                   long           where the key index has it
 *   56 refusal                   CommandRejected, header first
 * </pre>
 */
final class RefusalTable {
    private static final int NEXT = 0;
    private static final int PREV = 4;
    private static final int EXPIRES_AT = 8;
    private static final int SEQUENCE = 16;
    private static final int DROP = 24;
    private static final int LENGTH = 28;
    private static final int BUYER_OFFSET = 32;
    private static final int BUYER_LENGTH = 34;
    private static final int KEY_OFFSET = 40;
    private static final int KEY_LENGTH = 42;
    private static final int KEY_HASH = 48;
    private static final int REFUSAL = 56;

    private final Arena arena;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandRejectedDecoder decoder = new CommandRejectedDecoder();

    RefusalTable(final Arena arena) {
        this.arena = arena;
    }

    /** Copies the refusal into a new record at the end of its drop's list. */
    int add(final Drop drop, final DirectBuffer source, final int sourceOffset, final int length) {
        final int refusal = arena.allocate(REFUSAL + length);
        arena.putBytes(refusal, REFUSAL, source, sourceOffset, length);
        arena.putInt(refusal, DROP, drop.number);
        arena.putInt(refusal, LENGTH, length);
        arena.putInt(refusal, RecordKind.OFFSET, RecordKind.REFUSAL);
        locateNames(refusal);
        append(drop, refusal);
        return refusal;
    }

    private void locateNames(final int refusal) {
        final int start = offset(refusal);
        decoder.wrapAndApplyHeader(page(refusal), start, header);
        for (final CommandRejectedDecoder.ItemsDecoder items = decoder.items(); items.hasNext(); ) {
            items.next();
        }
        decoder.skipSku();
        final int buyerLength = decoder.buyerLength();
        final int buyerAt = decoder.limit() + CommandRejectedDecoder.buyerHeaderLength();
        decoder.skipBuyer();
        final int keyLength = decoder.keyLength();
        final int keyAt = decoder.limit() + CommandRejectedDecoder.keyHeaderLength();
        arena.putShort(refusal, BUYER_OFFSET, (short) (buyerAt - start));
        arena.putShort(refusal, BUYER_LENGTH, (short) buyerLength);
        arena.putShort(refusal, KEY_OFFSET, (short) (keyAt - start));
        arena.putShort(refusal, KEY_LENGTH, (short) keyLength);
    }

    private void append(final Drop drop, final int refusal) {
        arena.putInt(refusal, NEXT, Arena.NONE);
        arena.putInt(refusal, PREV, drop.refusalTail);
        if (drop.refusalTail == Arena.NONE) {
            drop.refusalHead = refusal;
        } else {
            arena.putInt(drop.refusalTail, NEXT, refusal);
        }
        drop.refusalTail = refusal;
        drop.refusalCount++;
    }

    void remove(final Drop drop, final int refusal) {
        final int prev = arena.getInt(refusal, PREV);
        final int next = arena.getInt(refusal, NEXT);
        if (prev == Arena.NONE) {
            drop.refusalHead = next;
        } else {
            arena.putInt(prev, NEXT, next);
        }
        if (next == Arena.NONE) {
            drop.refusalTail = prev;
        } else {
            arena.putInt(next, PREV, prev);
        }
        drop.refusalCount--;
        arena.free(refusal);
    }

    /** When it is forgotten, and the sequence of the command that it refused. */
    void stamp(final int refusal, final long expiresAtMs, final long sequence) {
        arena.putLong(refusal, EXPIRES_AT, expiresAtMs);
        arena.putLong(refusal, SEQUENCE, sequence);
    }

    long keyHash(final int refusal) {
        return arena.getLong(refusal, KEY_HASH);
    }

    void keyHash(final int refusal, final long hash) {
        arena.putLong(refusal, KEY_HASH, hash);
    }

    int next(final int refusal) {
        return arena.getInt(refusal, NEXT);
    }

    long expiresAtMs(final int refusal) {
        return arena.getLong(refusal, EXPIRES_AT);
    }

    long sequence(final int refusal) {
        return arena.getLong(refusal, SEQUENCE);
    }

    int drop(final int refusal) {
        return arena.getInt(refusal, DROP);
    }

    int length(final int refusal) {
        return arena.getInt(refusal, LENGTH);
    }

    /** The refusal as it was said, for reading; valid until the next call and while it is remembered. */
    CommandRejectedDecoder decoder(final int refusal) {
        return decoder.wrapAndApplyHeader(arena.page(refusal), arena.offset(refusal) + REFUSAL, header);
    }

    UnsafeBuffer page(final int refusal) {
        return arena.page(refusal);
    }

    int offset(final int refusal) {
        return arena.offset(refusal) + REFUSAL;
    }

    void copy(final int refusal, final MutableDirectBuffer target, final int targetOffset) {
        target.putBytes(targetOffset, page(refusal), offset(refusal), length(refusal));
    }

    int buyerOffset(final int refusal) {
        return offset(refusal) + shortAt(refusal, BUYER_OFFSET);
    }

    int buyerLength(final int refusal) {
        return shortAt(refusal, BUYER_LENGTH);
    }

    int keyOffset(final int refusal) {
        return offset(refusal) + shortAt(refusal, KEY_OFFSET);
    }

    int keyLength(final int refusal) {
        return shortAt(refusal, KEY_LENGTH);
    }

    private int shortAt(final int refusal, final int field) {
        return arena.getShort(refusal, field) & 0xFFFF;
    }
}
