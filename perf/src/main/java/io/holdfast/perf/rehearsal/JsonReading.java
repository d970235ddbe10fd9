package io.holdfast.perf.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the server's answers: objects as maps, arrays as lists, whole numbers as {@link Long}. */
final class JsonReading {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private JsonReading() {}

    /** @throws IllegalArgumentException when it is no object */
    static Map<String, Object> object(final String text) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            return object(json);
        } catch (final JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, Object> object(final JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("an object was expected, not " + json.currentToken());
        }
        final Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            final String name = json.currentName();
            json.nextToken();
            fields.put(name, value(json));
        }
        return fields;
    }

    private static Object value(final JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                final List<Object> values = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(json));
                }
                yield values;
            }
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new IllegalArgumentException("unexpected " + json.currentToken());
        };
    }

    /** @throws IllegalArgumentException when there is none */
    static String text(final Map<String, Object> object, final String name) {
        if (object.get(name) instanceof String value) {
            return value;
        }
        throw new IllegalArgumentException("no text \"" + name + "\" in " + object);
    }

    /** @throws IllegalArgumentException when there is none */
    static long number(final Map<String, Object> object, final String name) {
        if (object.get(name) instanceof Long value) {
            return value;
        }
        throw new IllegalArgumentException("no number \"" + name + "\" in " + object);
    }

    /** @throws IllegalArgumentException when there is no list of objects */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(final Map<String, Object> object, final String name) {
        if (object.get(name) instanceof List<?> values && values.stream().allMatch(Map.class::isInstance)) {
            return (List<Map<String, Object>>) values;
        }
        throw new IllegalArgumentException("no list \"" + name + "\" in " + object);
    }
}
