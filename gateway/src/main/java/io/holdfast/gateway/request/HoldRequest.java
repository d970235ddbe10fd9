package io.holdfast.gateway.request;

/** {@code {"buyer":"b-17","items":[{"sku":"GA","quantity":2}]}}; the buyer may be known already. */
public final class HoldRequest {
    public static final int ITEMS_MAX = 8;
    public static final int QUANTITY_MAX = 100;

    private static final int BUYER = 1;
    private static final int ITEMS = 2;
    private static final int SKU = 1;
    private static final int QUANTITY = 2;

    private final BodyReader reader;
    private final BodyReader.Part part = this::object;
    private final BodyReader.Part itemPart = this::item;
    private final PlainHold plain = new PlainHold(this);

    private final Text buyer = new Text();
    private final Text[] skus = new Text[ITEMS_MAX];
    private final int[] quantities = new int[ITEMS_MAX];
    private int itemCount;
    private boolean isBuyerNeeded;

    public HoldRequest(final BodyReader reader) {
        this.reader = reader;
        for (int i = 0; i < ITEMS_MAX; i++) {
            skus[i] = new Text();
        }
    }

    /**
     * Reads a body.
     *
     * @param needsBuyer whether it must name the buyer; where it need not, and does not, the buyer is empty
     */
    public void read(final byte[] bytes, final int length, final boolean needsBuyer) throws InvalidRequest {
        isBuyerNeeded = needsBuyer;
        if (!plain.read(bytes, length, needsBuyer)) {
            begin();
            reader.read(bytes, length, part);
        }
    }

    public Text buyer() {
        return buyer;
    }

    public int itemCount() {
        return itemCount;
    }

    public Text sku(final int index) {
        return skus[index];
    }

    public int quantity(final int index) {
        return quantities[index];
    }

    void begin() {
        buyer.clear();
        itemCount = 0;
    }

    /** Adds the item whose SKU stands in the next place; false when that SKU is there already. */
    boolean add(final int quantity) {
        final Text sku = skus[itemCount];
        for (int i = 0; i < itemCount; i++) {
            if (skus[i].sameAs(sku)) {
                return false;
            }
        }
        quantities[itemCount++] = quantity;
        return true;
    }

    private void object(final BodyReader body) throws InvalidRequest {
        body.beginObject();
        for (String member = body.nextMember(); member != null; member = body.nextMember()) {
            switch (member) {
                case "buyer" -> {
                    body.once(BUYER);
                    body.name(buyer);
                }
                case "items" -> {
                    body.once(ITEMS);
                    body.objects(ITEMS_MAX, itemPart);
                }
                default -> throw body.unknown();
            }
        }
        if (isBuyerNeeded) {
            body.require(BUYER, "buyer");
        }
        body.require(ITEMS, "items");
    }

    private void item(final BodyReader body) throws InvalidRequest {
        int quantity = 0;
        body.beginObject();
        for (String member = body.nextMember(); member != null; member = body.nextMember()) {
            switch (member) {
                case "sku" -> {
                    body.once(SKU);
                    body.name(skus[itemCount]);
                }
                case "quantity" -> {
                    body.once(QUANTITY);
                    quantity = body.integer(1, QUANTITY_MAX);
                }
                default -> throw body.unknown();
            }
        }
        body.require(SKU, "sku");
        body.require(QUANTITY, "quantity");
        if (!add(quantity)) {
            throw body.invalid("its sku is in the list already");
        }
    }
}
