package io.holdfast.gateway.request;

/**
 * Reads the plainest spelling of a hold, the one that programs write: names without escapes, quantities
 * without exponents, each member once. It says no to everything else, whether right or wrong, and the strict
 * reader then decides and names the member; so what it takes must be a subset of what that one takes, with
 * the same meaning.
 *
 * <p>It exists because a parser costs as much time and memory as all the rest of the way of a request.
 */
final class PlainHold {
    private final HoldRequest hold;

    private byte[] bytes;
    private int length;
    private boolean isBuyerNeeded;
    private int at;

    PlainHold(final HoldRequest hold) {
        this.hold = hold;
    }

    /** Whether it understood all of it; if not, what the request holds means nothing. */
    boolean read(final byte[] bytes, final int length, final boolean needsBuyer) {
        this.bytes = bytes;
        this.length = length;
        this.isBuyerNeeded = needsBuyer;
        this.at = 0;
        hold.begin();
        final boolean understood = object();
        this.bytes = null;
        return understood;
    }

    private boolean object() {
        boolean buyer = false;
        boolean items = false;
        if (!next('{')) {
            return false;
        }
        do {
            if (!buyer && member("\"buyer\"")) {
                buyer = name(hold.buyer());
                if (!buyer) {
                    return false;
                }
            } else if (!items && member("\"items\"")) {
                items = items();
                if (!items) {
                    return false;
                }
            } else {
                return false;
            }
        } while (next(','));
        return (buyer || !isBuyerNeeded) && items && next('}') && isEnd();
    }

    private boolean items() {
        if (!next('[')) {
            return false;
        }
        do {
            if (hold.itemCount() == HoldRequest.ITEMS_MAX || !item()) {
                return false;
            }
        } while (next(','));
        return next(']');
    }

    private boolean item() {
        boolean sku = false;
        int quantity = 0;
        if (!next('{')) {
            return false;
        }
        do {
            if (!sku && member("\"sku\"")) {
                sku = name(hold.sku(hold.itemCount()));
                if (!sku) {
                    return false;
                }
            } else if (quantity == 0 && member("\"quantity\"")) {
                quantity = quantity();
                if (quantity == 0) {
                    return false;
                }
            } else {
                return false;
            }
        } while (next(','));
        return sku && quantity > 0 && next('}') && hold.add(quantity);
    }

    private boolean member(final String quoted) {
        skipSpace();
        if (length - at < quoted.length()) {
            return false;
        }
        for (int i = 0; i < quoted.length(); i++) {
            if (bytes[at + i] != quoted.charAt(i)) {
                return false;
            }
        }
        final int start = at;
        at += quoted.length();
        if (!next(':')) {
            at = start; // nothing was read: another name must not be found behind this one
            return false;
        }
        return true;
    }

    private boolean name(final Text into) {
        if (!next('"')) {
            return false;
        }
        final int start = at;
        while (at < length && Text.isNameByte(bytes[at])) {
            at++;
        }
        final int nameLength = at - start;
        if (nameLength == 0 || nameLength > Text.NAME_LENGTH_MAX || at == length || bytes[at] != '"') {
            return false;
        }
        at++;
        return into.set(bytes, start, nameLength);
    }

    /** 1 to 100, or 0 when it is anything else. */
    private int quantity() {
        skipSpace();
        int value = 0;
        final int start = at;
        while (at < length && at - start < 3 && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        final boolean plain = at > start && bytes[start] != '0' && at < length && isAfterNumber(bytes[at]);
        return plain && value <= HoldRequest.QUANTITY_MAX ? value : 0;
    }

    private static boolean isAfterNumber(final byte b) {
        return b == ',' || b == '}' || isSpace(b);
    }

    private boolean next(final char expected) {
        skipSpace();
        if (at < length && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean isEnd() {
        skipSpace();
        return at == length;
    }

    private void skipSpace() {
        while (at < length && isSpace(bytes[at])) {
            at++;
        }
    }

    private static boolean isSpace(final byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
