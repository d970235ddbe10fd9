package io.holdfast.perf.peer;

/**
 * What became of one press of Buy.
 *
 * @param hold the hold's id, and
 * @param createdAtMs when it was made, both of a grant only
 * @param sku that is short, if one is
 * @param count units left of the first SKU, or of the one that is short, or units that the buyer holds
 * @param isReplayed whether an earlier press with the same key got it
 */
record Verdict(Kind kind, String hold, long createdAtMs, String sku, long count, boolean isReplayed) {
    enum Kind {
        GRANTED,
        SOLD_OUT,
        BUYER_LIMIT,
        KEY_REUSED,
        UNKNOWN_SKU
    }

    static Verdict granted(final String hold, final long createdAtMs, final long left, final boolean isReplayed) {
        return new Verdict(Kind.GRANTED, hold, createdAtMs, "", left, isReplayed);
    }

    static Verdict soldOut(final String sku, final long left, final boolean isReplayed) {
        return new Verdict(Kind.SOLD_OUT, "", 0, sku, left, isReplayed);
    }

    static Verdict refused(final Kind kind, final long count, final boolean isReplayed) {
        return new Verdict(kind, "", 0, "", count, isReplayed);
    }
}
