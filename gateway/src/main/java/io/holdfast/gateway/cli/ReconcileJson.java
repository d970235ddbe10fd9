package io.holdfast.gateway.cli;

import io.holdfast.gateway.audit.Output;
import io.holdfast.gateway.json.JsonBuffer;
import io.holdfast.settlement.reconcile.Difference;
import io.holdfast.settlement.reconcile.ReconcileReport;
import java.util.List;
import java.util.Map;

/** A reconciliation for scripts: one JSON object. */
final class ReconcileJson {
    private final Output output;
    private final JsonBuffer json = new JsonBuffer();

    ReconcileJson(final Output output) {
        this.output = output;
    }

    void print(final ReconcileReport report) {
        json.clear().raw("{\"ok\":").raw(Boolean.toString(report.isSame()));
        counts("compared", report.compared());
        json.raw(",\"differenceCount\":").number(report.differenceCount());
        counts("differencesByKind", report.byKind());
        differences(report.differences());
        json.raw(",\"repairCount\":").number(report.repairCount());
        texts("repairs", report.repairs());
        json.raw(",\"quarantinedCount\":").number(report.quarantinedCount());
        texts("quarantined", report.quarantined());
        json.raw(",\"unchecked\":").number(report.unchecked());
        json.raw(",\"pending\":").number(report.pendingPayments());
        json.raw(",\"journalSequence\":").number(report.journalSequence());
        if (report.settledSequence() >= 0) {
            json.raw(",\"settledSequence\":").number(report.settledSequence());
            json.raw(",\"lag\":").number(report.lag());
        }
        texts("notes", report.notes());
        json.raw("}\n");
        output.write(json);
        output.flush();
    }

    private void differences(final List<Difference> differences) {
        json.raw(",\"differences\":[");
        char before = ' ';
        for (final Difference each : differences) {
            json.raw(before);
            json.raw("{\"store\":").string(each.store());
            json.raw(",\"kind\":").string(each.kind());
            json.raw(",\"key\":").string(each.key());
            json.raw(",\"what\":").string(each.what());
            json.raw(",\"journal\":").string(each.journal());
            json.raw(",\"found\":").string(each.found());
            json.raw('}');
            before = ',';
        }
        json.raw(']');
    }

    private void counts(final String name, final Map<String, Long> counts) {
        json.raw(",\"" + name + "\":{");
        char before = ' ';
        for (final Map.Entry<String, Long> each : counts.entrySet()) {
            json.raw(before);
            json.string(each.getKey());
            json.raw(':').number(each.getValue());
            before = ',';
        }
        json.raw('}');
    }

    private void texts(final String name, final List<String> texts) {
        json.raw(",\"" + name + "\":[");
        char before = ' ';
        for (final String each : texts) {
            json.raw(before).string(each);
            before = ',';
        }
        json.raw(']');
    }
}
