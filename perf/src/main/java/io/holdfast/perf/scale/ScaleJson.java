package io.holdfast.perf.scale;

import tools.jackson.core.JsonGenerator;

/** Writes what was found, an object each. */
final class ScaleJson {
    private ScaleJson() {}

    static void write(final JsonGenerator json, final Sample sample) {
        json.writeStartObject();
        json.writeNumberProperty("connections", sample.connections());
        json.writeNumberProperty("holdsPerSecond", sample.perSecond());
        json.writeName("stageUs");
        json.writeStartObject();
        for (final Stage stage : Stage.values()) {
            json.writeNumberProperty(stage.name(), sample.us(stage));
        }
        json.writeEndObject();
        json.writeNumberProperty("afterUs", sample.afterUs());
        json.writeNumberProperty("recordsPerSync", sample.journal().recordsPerSync());
        json.writeNumberProperty("syncUs", sample.journal().syncUs());
        json.writeNumberProperty("recordBytes", sample.journal().recordBytes());
        json.writeNumberProperty("eventLoops", sample.besides().eventLoops());
        json.writeNumberProperty("othersCores", sample.besides().othersCores());
        json.writeEndObject();
    }

    static void write(final JsonGenerator json, final Costs costs, final Turn turn, final int connections) {
        json.writeStartObject();
        json.writeNumberProperty("connections", connections);
        json.writeNumberProperty("loopUs", costs.loopUs());
        json.writeNumberProperty("recordUs", costs.recordUs());
        json.writeNumberProperty("syncUs", costs.syncUs());
        json.writeNumberProperty("followersUs", costs.followersUs());
        json.writeNumberProperty("runtimeUs", costs.runtimeUs());
        json.writeNumberProperty("storesUs", costs.storesUs());
        json.writeNumberProperty("generatorUs", costs.generatorUs());
        json.writeNumberProperty("napUs", turn.intervalUs());
        json.writeNumberProperty("diskSyncUs", turn.sync().fixed());
        json.writeNumberProperty("diskRecordUs", turn.sync().slope());
        json.writeNumberProperty("batchRecordsMax", turn.batchRecordsMax());
        json.writeNumberProperty("turnRecordsMax", turn.recordsMax());
        json.writeEndObject();
    }

    static void write(final JsonGenerator json, final Findings.Fit fit) {
        json.writeStartObject();
        json.writeNumberProperty("connections", fit.connections());
        json.writeNumberProperty("measuredPerSecond", fit.measured());
        json.writeNumberProperty("ratio", fit.ratio());
        json.writeName("model");
        write(json, fit.prediction());
        json.writeEndObject();
    }

    static void write(final JsonGenerator json, final Findings.Row row) {
        json.writeStartObject();
        json.writeNumberProperty("cores", row.cores());
        json.writeName("byDefault");
        write(json, row.byDefault());
        json.writeName("best");
        write(json, row.best());
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final Prediction prediction) {
        json.writeStartObject();
        json.writeNumberProperty("eventLoops", prediction.eventLoops());
        json.writeNumberProperty("holdsPerSecond", prediction.perSecond());
        json.writeStringProperty("limit", prediction.limit().title());
        json.writeName("capacities");
        json.writeStartObject();
        prediction.capacities().forEach((resource, value) -> json.writeNumberProperty(resource.title(), value));
        json.writeEndObject();
        json.writeEndObject();
    }
}
