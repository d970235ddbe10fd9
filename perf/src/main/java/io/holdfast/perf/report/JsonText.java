package io.holdfast.perf.report;

import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
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

    /** Reads JSON token by token; to be closed. */
    public static JsonParser parser(final String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }
}
