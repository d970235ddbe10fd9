package io.holdfast.gateway.request;

import io.holdfast.core.message.CreateDropEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code [{"sku":"GA","capacity":5000,"priceMinor":4500,"currency":"EUR"}]}: all priced in one currency, or
 * none.
 */
final class SkuDefinitions {
    private static final int SKUS_MAX = 1_000;
    private static final long PRICE_MINOR_MAX = 1_000_000_000_000L;

    private static final int SKU = 1;
    private static final int CAPACITY = 2;
    private static final int PRICE_MINOR = 4;
    private static final int CURRENCY = 8;

    /** One SKU; the price is SBE's null where there is none. */
    record Definition(String sku, int capacity, long priceMinor) {}

    private final BodyReader.Part part = this::sku;
    private final Text text = new Text();
    private final List<Definition> definitions = new ArrayList<>();
    private final Set<String> skus = new HashSet<>();
    private String currency = Currencies.NONE;

    void read(final BodyReader body) throws InvalidRequest {
        definitions.clear();
        skus.clear();
        currency = Currencies.NONE;
        body.objects(SKUS_MAX, part);
    }

    List<Definition> definitions() {
        return definitions;
    }

    /** Of all SKUs; blank when they have no prices. */
    String currency() {
        return currency;
    }

    private void sku(final BodyReader body) throws InvalidRequest {
        int capacity = 0;
        long priceMinor = CreateDropEncoder.SkusEncoder.priceMinorNullValue();
        String skuCurrency = Currencies.NONE;
        body.beginObject();
        for (String member = body.nextMember(); member != null; member = body.nextMember()) {
            switch (member) {
                case "sku" -> {
                    body.once(SKU);
                    body.name(text);
                    if (!skus.add(text.toString())) {
                        throw body.invalid("is in the list already");
                    }
                }
                case "capacity" -> {
                    body.once(CAPACITY);
                    capacity = body.integer(1, DropRequest.CAPACITY_MAX);
                }
                case "priceMinor" -> {
                    body.once(PRICE_MINOR);
                    priceMinor = body.integer(0L, PRICE_MINOR_MAX);
                }
                case "currency" -> {
                    body.once(CURRENCY);
                    skuCurrency = Currencies.read(body);
                }
                default -> throw body.unknown();
            }
        }
        body.require(SKU, "sku");
        body.require(CAPACITY, "capacity");
        if (body.hasSeen(PRICE_MINOR)) {
            body.require(CURRENCY, "currency");
        } else if (body.hasSeen(CURRENCY)) {
            body.require(PRICE_MINOR, "priceMinor");
        }
        if (definitions.isEmpty()) {
            currency = skuCurrency;
        } else if (!currency.equals(skuCurrency)) {
            throw body.invalid("all SKUs of a drop need a price in one currency, or none of them");
        }
        definitions.add(new Definition(text.toString(), capacity, priceMinor));
    }
}
