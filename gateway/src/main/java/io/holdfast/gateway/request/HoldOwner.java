package io.holdfast.gateway.request;

/**
 * Whose a hold must be for its caller to reach it, used again and again. Anybody's to start with: who has a key may do all
 * with a hold whose id it knows.
 */
public final class HoldOwner {
    private final Text drop = new Text();
    private final Text buyer = new Text();

    public void setAnybody() {
        drop.clear();
        buyer.clear();
    }

    /** Takes two names. */
    public void set(final String ownDrop, final String ownBuyer) {
        drop.set(ownDrop, 0, ownDrop.length());
        buyer.set(ownBuyer, 0, ownBuyer.length());
    }

    /** Empty for any. */
    public Text drop() {
        return drop;
    }

    /** Empty for any. */
    public Text buyer() {
        return buyer;
    }
}
