package io.holdfast.perf.followers;

import io.holdfast.perf.report.JsonText;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one step in a process of its own found out: seconds, counts and MiB by name.
 *
 * @param figures by name
 */
public record Measured(Map<String, Double> figures) {
    static final String SECONDS = "seconds";
    static final String HEAP_MIB_MAX = "heapMibMax";

    public Measured {
        figures = new TreeMap<>(figures);
    }

    /** @throws IOException when the text is not what {@link #json} wrote */
    static Measured read(final String text) throws IOException {
        final Map<String, Double> figures = new TreeMap<>();
        try {
            JsonText.properties(text).forEach((name, value) -> figures.put(name, Double.valueOf(value)));
        } catch (final NumberFormatException e) {
            throw new IOException("figures that are no numbers: " + text, e);
        }
        return new Measured(figures);
    }

    double figure(final String name) {
        if (!figures.containsKey(name)) {
            throw new IllegalArgumentException("no figure '" + name + "' in " + figures);
        }
        return figures.get(name);
    }

    long count(final String name) {
        return Math.round(figure(name));
    }

    /** As one JSON object. */
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            figures.forEach(json::writeNumberProperty);
            json.writeEndObject();
        });
    }
}
