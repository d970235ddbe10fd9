package io.holdfast.gateway.request;

/** {@code {"sku":"GA","delta":-100}} */
public final class StockRequest {
    private static final int SKU = 1;
    private static final int DELTA = 2;

    private final BodyReader reader;
    private final BodyReader.Part part = this::object;

    private final Text sku = new Text();
    private int delta;

    public StockRequest(final BodyReader reader) {
        this.reader = reader;
    }

    public void read(final byte[] bytes, final int length) throws InvalidRequest {
        reader.read(bytes, length, part);
    }

    public Text sku() {
        return sku;
    }

    public int delta() {
        return delta;
    }

    private void object(final BodyReader body) throws InvalidRequest {
        body.beginObject();
        for (String member = body.nextMember(); member != null; member = body.nextMember()) {
            switch (member) {
                case "sku" -> {
                    body.once(SKU);
                    body.name(sku);
                }
                case "delta" -> {
                    body.once(DELTA);
                    delta = body.integer(-DropRequest.CAPACITY_MAX, DropRequest.CAPACITY_MAX);
                    if (delta == 0) {
                        throw body.invalid("a number other than 0 is needed");
                    }
                }
                default -> throw body.unknown();
            }
        }
        body.require(SKU, "sku");
        body.require(DELTA, "delta");
    }
}
