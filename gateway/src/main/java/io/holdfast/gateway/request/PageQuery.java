package io.holdfast.gateway.request;

import io.holdfast.core.message.HoldStatus;

/** {@code buyer=b-17&status=HELD&after=4711&limit=100}: where a list begins and what it is narrowed to. */
public final class PageQuery {
    /** What a list may be narrowed by, beside its beginning and its length. */
    public enum Narrowing {
        /** By nothing. */
        NONE,
        /** By {@code buyer} and a hold's {@code status}. */
        HOLDS,
        /** By {@code status=DUE}, which is all there is to list. */
        REFUNDS
    }

    public static final int LIMIT_MAX = 1_000;

    private static final int LIMIT_DEFAULT = 100;
    private static final int DIGITS_MAX = 18;

    private final Text text = new Text();
    private final Text buyer = new Text();

    private HoldStatus status;
    private boolean hasStatus;
    private long after;
    private int limit;

    /**
     * Reads a query.
     *
     * @param query without the question mark, empty when there is none
     * @throws InvalidRequest naming the parameter that is not known, came twice, or is not what it should be
     */
    public void read(final String query, final Narrowing narrowing) throws InvalidRequest {
        buyer.clear();
        status = null;
        hasStatus = false;
        after = -1;
        limit = 0;
        int start = 0;
        while (start < query.length()) {
            int end = query.indexOf('&', start);
            if (end < 0) {
                end = query.length();
            }
            parameter(query, start, end, narrowing);
            start = end + 1;
        }
        after = Math.max(after, 0);
        limit = limit == 0 ? LIMIT_DEFAULT : limit;
    }

    /** Empty for every buyer. */
    public Text buyer() {
        return buyer;
    }

    /** Null for every status. */
    public HoldStatus status() {
        return status;
    }

    public long after() {
        return after;
    }

    public int limit() {
        return limit;
    }

    private void parameter(final String query, final int start, final int end, final Narrowing narrowing)
            throws InvalidRequest {
        final int equals = query.indexOf('=', start);
        final String name = query.substring(start, equals < 0 || equals > end ? end : equals);
        final int valueStart = Math.min(end, start + name.length() + 1);
        if (!Percent.decode(query, valueStart, end, text)) {
            throw new InvalidRequest(name, "is not soundly encoded");
        }
        switch (name) {
            case "after" -> after = number(name, after < 0, 0, Long.MAX_VALUE);
            case "limit" -> limit = (int) number(name, limit == 0, 1, LIMIT_MAX);
            case "buyer" -> {
                require(name, narrowing == Narrowing.HOLDS && buyer.isEmpty());
                if (!text.isName()) {
                    throw new InvalidRequest(name, "1 to 64 of A-Z a-z 0-9 . _ : @ - are needed");
                }
                buyer.set(text.bytes(), 0, text.length());
            }
            case "status" -> {
                require(name, narrowing != Narrowing.NONE && !hasStatus);
                hasStatus = true;
                status(narrowing, text.toString());
            }
            default -> throw new InvalidRequest(name, "is not known here");
        }
    }

    private long number(final String name, final boolean first, final long min, final long max) throws InvalidRequest {
        require(name, first);
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            final int digit = text.bytes()[i] - '0';
            if (digit < 0 || digit > 9 || i == DIGITS_MAX) {
                value = -1;
                break;
            }
            value = value * 10 + digit;
        }
        if (text.isEmpty() || value < min || value > max) {
            throw new InvalidRequest(name, "a whole number from " + min + " to " + max + " is needed");
        }
        return value;
    }

    private static void require(final String name, final boolean right) throws InvalidRequest {
        if (!right) {
            throw new InvalidRequest(name, "is not known here, or came twice");
        }
    }

    private void status(final Narrowing narrowing, final String name) throws InvalidRequest {
        if (narrowing == Narrowing.HOLDS) {
            status = holdStatus(name);
        } else if (!"DUE".equals(name)) {
            throw new InvalidRequest("status", "DUE is needed: settled refunds are not listed");
        }
    }

    private static HoldStatus holdStatus(final String name) throws InvalidRequest {
        return switch (name) {
            case "HELD" -> HoldStatus.HELD;
            case "PAID" -> HoldStatus.PAID;
            case "RELEASED" -> HoldStatus.RELEASED;
            case "EXPIRED" -> HoldStatus.EXPIRED;
            default -> throw new InvalidRequest("status", "one of HELD, PAID, RELEASED, EXPIRED is needed");
        };
    }
}
