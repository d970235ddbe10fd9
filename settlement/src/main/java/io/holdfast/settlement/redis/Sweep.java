package io.holdfast.settlement.redis;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares all keys of the mirror in Redis with what the log says, page by page.
 *
 * <p>What is too many is deleted, what lives too long or too short is set right, a drop's stock that differs is written
 * whole; a hold that differs or is missing is marked wrong among the live ones, since only the log knows its words. Pages are
 * compared when nothing is pending; what is written between two of them counts as seen.
 */
final class Sweep {
    /** How far a time to live may be from the truth. */
    static final long TTL_TOLERANCE_MS = 500;

    /** A hold that is due so soon need not be there any more. */
    private static final long SOON_MS = 1_000;

    private static final int HOLD_PREFIX_LENGTH = "holdfast:hold:".length();
    private static final int STOCK_PREFIX_LENGTH = "holdfast:stock:".length();
    private static final byte HOLD_LETTER = 'h';
    private static final byte[] BEGINNING = {'0'};
    private static final byte NUMBER_MAX = 100;

    private final LiveHolds live;
    private final StockBook stock;
    private final MirrorFigures figures;
    private final HoldText text = new HoldText();

    private byte number;
    private byte[] scanCursor = BEGINNING;
    private boolean isRunning;

    Sweep(final MirrorState state, final MirrorFigures figures) {
        this.live = state.live();
        this.stock = state.stock();
        this.figures = figures;
    }

    boolean isRunning() {
        return isRunning;
    }

    /** Begins anew, and returns the number of the sweep: what is written from here on bears it. */
    byte begin() {
        if (number == NUMBER_MAX) {
            number = 0;
            live.forgetSweeps();
            stock.all().forEach(drop -> drop.seen(number));
        }
        number++;
        scanCursor = BEGINNING;
        isRunning = true;
        return number;
    }

    /** Where the next page begins. */
    byte[] scanCursor() {
        return scanCursor;
    }

    /**
     * Compares a page.
     *
     * @param fixes takes what can be set right at once
     * @param askedAtMs logical time when the page was asked for, in epoch milliseconds
     * @param nowMs logical time now
     */
    void compare(final List<Object> page, final WriteBatch fixes, final long askedAtMs, final long nowMs) {
        for (int i = 1; i + 2 < page.size(); i += 3) {
            final byte[] key = (byte[]) page.get(i);
            final long ttlMs = (Long) page.get(i + 1);
            if (key["holdfast:".length()] == HOLD_LETTER) {
                compareHold(key, ttlMs, (byte[]) page.get(i + 2), fixes, askedAtMs, nowMs);
            } else {
                compareStock(key, ttlMs, (List<?>) page.get(i + 2), fixes);
            }
        }
        scanCursor = (byte[]) page.get(0);
        if (scanCursor.length == 1 && scanCursor[0] == BEGINNING[0]) {
            end(nowMs);
        }
    }

    private void compareHold(
            final byte[] key,
            final long ttlMs,
            final byte[] there,
            final WriteBatch fixes,
            final long askedAtMs,
            final long nowMs) {
        final boolean isHold = AsciiDigits.isUuid(key, HOLD_PREFIX_LENGTH);
        final long most = isHold ? AsciiDigits.most(key, HOLD_PREFIX_LENGTH) : 0;
        final long least = isHold ? AsciiDigits.least(key, HOLD_PREFIX_LENGTH) : 0;
        final int slot = isHold ? live.find(most, least) : LiveHolds.NONE;
        if (slot == LiveHolds.NONE) {
            fixes.deleteKey(key);
            figures.mismatches.increment();
            return;
        }
        if (text.checksum(there, there.length) != live.checksum(slot)) {
            wrong(slot);
            return;
        }
        final long dueAtMs = live.dueAtMs(slot);
        live.right(slot, number);
        if (ttlMs < dueAtMs - nowMs - TTL_TOLERANCE_MS || ttlMs > dueAtMs - askedAtMs + TTL_TOLERANCE_MS) {
            fixes.expire(most, least, Math.max(1, dueAtMs - nowMs));
            figures.mismatches.increment();
        }
    }

    private void wrong(final int slot) {
        if (live.wrong(slot)) {
            figures.mismatches.increment();
        }
    }

    private void compareStock(final byte[] key, final long ttlMs, final List<?> there, final WriteBatch fixes) {
        final String name =
                new String(key, STOCK_PREFIX_LENGTH, key.length - STOCK_PREFIX_LENGTH, StandardCharsets.ISO_8859_1);
        final MirroredDrop drop = stock.find(name);
        if (drop == null) {
            fixes.deleteKey(key);
            figures.mismatches.increment();
            return;
        }
        drop.seen(number);
        if (ttlMs != -1 || !isStock(drop, there)) {
            stock.touchWhole(drop);
            figures.mismatches.increment();
        }
    }

    private static boolean isStock(final MirroredDrop drop, final List<?> there) {
        final Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < there.size(); i += 2) {
            fields.put(latin(there.get(i)), latin(there.get(i + 1)));
        }
        boolean isRight = fields.size() == 1 + 3 * drop.skus.length
                && Long.toString(drop.sequence()).equals(fields.get("sequence"));
        for (int sku = 0; isRight && sku < drop.skus.length; sku++) {
            isRight = Integer.toString(drop.available[sku]).equals(fields.get(drop.skus[sku] + ":available"))
                    && Integer.toString(drop.held[sku]).equals(fields.get(drop.skus[sku] + ":held"))
                    && Integer.toString(drop.sold[sku]).equals(fields.get(drop.skus[sku] + ":sold"));
        }
        return isRight;
    }

    private static String latin(final Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.ISO_8859_1);
    }

    /** A key that would not take what was written to it holds something else. */
    void refused(final byte[] key) {
        if (key["holdfast:".length()] == HOLD_LETTER) {
            final int slot =
                    live.find(AsciiDigits.most(key, HOLD_PREFIX_LENGTH), AsciiDigits.least(key, HOLD_PREFIX_LENGTH));
            if (slot != LiveHolds.NONE) {
                wrong(slot);
            }
        } else {
            final MirroredDrop drop = stock.find(latin(key).substring(STOCK_PREFIX_LENGTH));
            if (drop != null) {
                stock.touchWhole(drop);
                figures.mismatches.increment();
            }
        }
    }

    private void end(final long nowMs) {
        figures.mismatches.add(live.wrongUnlessSeen(number, nowMs + SOON_MS));
        for (final MirroredDrop drop : stock.all()) {
            if (drop.seen() != number && !drop.isWhole()) {
                stock.touchWhole(drop);
                figures.mismatches.increment();
            }
        }
        figures.sweeps.increment();
        isRunning = false;
    }
}
