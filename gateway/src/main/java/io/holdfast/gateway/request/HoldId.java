package io.holdfast.gateway.request;

/** A hold's UUID as two numbers, used again and again. */
public final class HoldId {
    private long mostSignificantBits;
    private long leastSignificantBits;

    /** Whether the text is a UUID, in upper or lower case. */
    public boolean set(final CharSequence text) {
        if (!Uuids.isUuid(text)) {
            return false;
        }
        mostSignificantBits = Uuids.mostSignificantBits(text);
        leastSignificantBits = Uuids.leastSignificantBits(text);
        return true;
    }

    public void set(final long mostSignificantBits, final long leastSignificantBits) {
        this.mostSignificantBits = mostSignificantBits;
        this.leastSignificantBits = leastSignificantBits;
    }

    public long mostSignificantBits() {
        return mostSignificantBits;
    }

    public long leastSignificantBits() {
        return leastSignificantBits;
    }
}
