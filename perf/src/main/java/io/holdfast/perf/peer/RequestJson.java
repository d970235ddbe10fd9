package io.holdfast.perf.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads bodies as they come, without a tree of them. For any thread. */
final class RequestJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int QUANTITY_MAX = 100;
    private static final long HOLD_SECONDS_DEFAULT = 300;
    private static final long MS_PER_SECOND = 1_000;

    private RequestJson() {}

    /** A body that says something else than was asked; the message says what is wanted. */
    static final class BadBody extends Exception {
        private static final long serialVersionUID = 1L;

        BadBody(final String wanted) {
            super(wanted);
        }
    }

    static HoldRequest hold(final DropDefinition drop, final String key, final byte[] body) throws BadBody {
        String buyer = "";
        List<HoldRequest.Item> items = List.of();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            enter(parser, parser.nextToken(), JsonToken.START_OBJECT);
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                switch (name) {
                    case "buyer" -> buyer = parser.getString();
                    case "items" -> items = items(parser);
                    default -> throw new BadBody("buyer and items, and no '" + name + "'");
                }
            }
        } catch (final JacksonException e) {
            throw new BadBody("JSON");
        }
        if (buyer.isEmpty() || buyer.indexOf(' ') >= 0 || items.isEmpty()) {
            throw new BadBody("a buyer without a blank, and items");
        }
        return new HoldRequest(drop, buyer, key, items);
    }

    private static List<HoldRequest.Item> items(final JsonParser parser) throws BadBody {
        enter(parser, parser.currentToken(), JsonToken.START_ARRAY);
        final List<HoldRequest.Item> items = new ArrayList<>(1);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            items.add(item(parser));
            if (items.size() > HoldRequest.ITEMS_MAX) {
                throw new BadBody(HoldRequest.ITEMS_MAX + " items at most");
            }
        }
        return items;
    }

    private static HoldRequest.Item item(final JsonParser parser) throws BadBody {
        String sku = "";
        int quantity = 0;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "sku" -> sku = parser.getString();
                case "quantity" -> quantity = parser.getIntValue();
                default -> throw new BadBody("sku and quantity, and no '" + name + "'");
            }
        }
        if (sku.isEmpty() || sku.indexOf(' ') >= 0 || quantity < 1 || quantity > QUANTITY_MAX) {
            throw new BadBody("a sku without a blank, and a quantity from 1 to " + QUANTITY_MAX);
        }
        return new HoldRequest.Item(sku, quantity);
    }

    /** A drop without the times of its opening and closing: it is open. */
    static DropDefinition drop(final String drop, final byte[] body) throws BadBody {
        int buyerLimit = 0;
        long holdSeconds = HOLD_SECONDS_DEFAULT;
        final Map<String, DropDefinition.Sku> skus = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            enter(parser, parser.nextToken(), JsonToken.START_OBJECT);
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                switch (name) {
                    case "maxPerBuyer" -> buyerLimit = parser.getIntValue();
                    case "holdSeconds" -> holdSeconds = parser.getLongValue();
                    case "skus" -> skus(parser, skus);
                    default -> throw new BadBody("maxPerBuyer, holdSeconds and skus, and no '" + name + "'");
                }
            }
        } catch (final JacksonException e) {
            throw new BadBody("JSON");
        }
        if (skus.isEmpty() || buyerLimit < 0 || holdSeconds < 1) {
            throw new BadBody("skus, and nothing negative");
        }
        return new DropDefinition(drop, buyerLimit, holdSeconds * MS_PER_SECOND, skus);
    }

    private static void skus(final JsonParser parser, final Map<String, DropDefinition.Sku> into) throws BadBody {
        enter(parser, parser.currentToken(), JsonToken.START_ARRAY);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String sku = "";
            long capacity = 0;
            long priceMinor = -1;
            String currency = "";
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                switch (name) {
                    case "sku" -> sku = parser.getString();
                    case "capacity" -> capacity = parser.getLongValue();
                    case "priceMinor" -> priceMinor = parser.getLongValue();
                    case "currency" -> currency = parser.getString();
                    default -> throw new BadBody("sku, capacity, priceMinor and currency, and no '" + name + "'");
                }
            }
            into.put(sku, new DropDefinition.Sku(capacity, priceMinor, currency));
            if (into.size() > DropDefinition.SKUS_MAX) {
                throw new BadBody(DropDefinition.SKUS_MAX + " skus at most");
            }
        }
    }

    private static void enter(final JsonParser parser, final JsonToken found, final JsonToken wanted) throws BadBody {
        if (found != wanted) {
            throw new BadBody(
                    wanted.asString() + " at " + parser.currentLocation().getByteOffset());
        }
    }
}
