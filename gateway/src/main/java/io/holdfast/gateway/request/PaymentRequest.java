package io.holdfast.gateway.request;

/** {@code {"payment":"pi_123","hold":"0e0f…","amountMinor":9000,"currency":"EUR"}} */
public final class PaymentRequest {
    private static final int PAYMENT = 1;
    private static final int HOLD = 2;
    private static final int AMOUNT_MINOR = 4;
    private static final int CURRENCY = 8;

    private final BodyReader reader;
    private final BodyReader.Part part = this::object;

    private final Text payment = new Text();
    private final HoldId hold = new HoldId();
    private long amountMinor;
    private String currency = "";

    public PaymentRequest(final BodyReader reader) {
        this.reader = reader;
    }

    public void read(final byte[] bytes, final int length) throws InvalidRequest {
        reader.read(bytes, length, part);
    }

    public Text payment() {
        return payment;
    }

    public HoldId hold() {
        return hold;
    }

    public long amountMinor() {
        return amountMinor;
    }

    public String currency() {
        return currency;
    }

    private void object(final BodyReader body) throws InvalidRequest {
        body.beginObject();
        for (String member = body.nextMember(); member != null; member = body.nextMember()) {
            switch (member) {
                case "payment" -> {
                    body.once(PAYMENT);
                    body.identifier(payment);
                }
                case "hold" -> {
                    body.once(HOLD);
                    if (!hold.set(body.string())) {
                        throw body.invalid("a hold's id, a UUID, is needed");
                    }
                }
                case "amountMinor" -> {
                    body.once(AMOUNT_MINOR);
                    amountMinor = body.integer(0, Long.MAX_VALUE);
                }
                case "currency" -> {
                    body.once(CURRENCY);
                    currency = Currencies.read(body);
                }
                default -> throw body.unknown();
            }
        }
        body.require(PAYMENT, "payment");
        body.require(HOLD, "hold");
        body.require(AMOUNT_MINOR, "amountMinor");
        body.require(CURRENCY, "currency");
    }
}
