package io.holdfast.perf.jmh;

/**
 * How wide a sale is.
 *
 * @param drops over which presses of Buy are spread
 * @param skus of each drop
 * @param items of each hold, each of another SKU
 */
record Width(int drops, int skus, int items) {
    /** One drop of two SKUs, and a hold of one of them. */
    static final Width NARROW = new Width(1, 2, 1);

    Width {
        if (drops < 1 || items < 1 || skus < items) {
            throw new IllegalArgumentException(
                    drops + " drops of " + skus + " SKUs, and holds of " + items + " of them");
        }
    }
}
