package io.holdfast.perf.report;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads back what {@link RunRecord#write} wrote; unknown properties are passed over, so that newer runs may say more. */
final class RunReader {
    private String benchmark = "";
    private Instant at = Instant.EPOCH;
    private RunConditions conditions;
    private final TreeMap<String, String> settings = new TreeMap<>();
    private final List<Figure> figures = new ArrayList<>();

    private RunReader() {}

    /** @throws IllegalArgumentException saying what is wrong with the line */
    static RunRecord read(final String line) {
        try (JsonParser json = JsonText.parser(line)) {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            return new RunReader().run(json);
        } catch (final JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        } catch (final DateTimeParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private RunRecord run(final JsonParser json) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            final String name = json.currentName();
            final JsonToken value = json.nextToken();
            switch (name) {
                case "benchmark" -> benchmark = json.getString();
                case "at" -> at = Instant.parse(json.getString());
                case "conditions" -> conditions = conditions(json);
                case "settings" -> settings(json, value);
                case "figures" -> figures(json, value);
                default -> json.skipChildren();
            }
        }
        if (conditions == null) {
            throw new IllegalArgumentException("no conditions");
        }
        return new RunRecord(benchmark, at, conditions, settings, figures);
    }

    private void settings(final JsonParser json, final JsonToken value) {
        expect(value, JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            final String name = json.currentName();
            json.nextToken();
            settings.put(name, json.getString());
        }
    }

    private void figures(final JsonParser json, final JsonToken value) {
        expect(value, JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            figures.add(figure(json));
        }
    }

    private static RunConditions conditions(final JsonParser json) {
        String cpu = "";
        int cores = 0;
        long memoryGib = 0;
        String kernel = "";
        String jvm = "";
        String commit = "";
        final List<String> flags = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            final String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "cpu" -> cpu = json.getString();
                case "cores" -> cores = json.getIntValue();
                case "memoryGib" -> memoryGib = json.getLongValue();
                case "kernel" -> kernel = json.getString();
                case "jvm" -> jvm = json.getString();
                case "commit" -> commit = json.getString();
                case "flags" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        flags.add(json.getString());
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new RunConditions(new Machine(cpu, cores, memoryGib), kernel, jvm, flags, commit);
    }

    private static Figure figure(final JsonParser json) {
        String name = "";
        String unit = "";
        Goal goal = Goal.LOWER;
        final List<Double> rounds = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            final String property = json.currentName();
            json.nextToken();
            switch (property) {
                case "name" -> name = json.getString();
                case "unit" -> unit = json.getString();
                case "goal" -> goal = Goal.valueOf(json.getString());
                case "rounds" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        rounds.add(json.getDoubleValue());
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new Figure(name, unit, goal, rounds);
    }

    private static void expect(final JsonToken token, final JsonToken wanted) {
        if (token != wanted) {
            throw new IllegalArgumentException(wanted + " expected, not " + token);
        }
    }
}
