package io.holdfast.perf.report;

import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Results as JSON: written on one line, and read back. */
public final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private JsonText() {}

    /** The line, without its end, that the writer wrote: exactly one JSON value. */
    public static String of(final Consumer<JsonGenerator> writer) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            writer.accept(json);
        }
        return text.toString();
    }

    /**
     * Reads an object of which no value is an object or an array itself.
     *
     * @return the values as they are written, by name, in the order of the text
     * @throws IOException when the text is no such object
     */
    public static Map<String, String> properties(final String text) throws IOException {
        final Map<String, String> properties = new LinkedHashMap<>();
        try (JsonParser json = parser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object: " + text);
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                final String name = json.currentName();
                if (!json.nextToken().isScalarValue()) {
                    throw new IOException("not a JSON object of plain values: " + text);
                }
                properties.put(name, json.getString());
            }
            return properties;
        } catch (final JacksonException e) {
            throw new IOException("not a JSON object: " + text, e);
        }
    }

    /** Reads JSON token by token; to be closed. */
    public static JsonParser parser(final String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }
}
