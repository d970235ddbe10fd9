package io.holdfast.gateway.cli;

import io.holdfast.gateway.audit.Output;
import io.holdfast.settlement.reconcile.Difference;
import io.holdfast.settlement.reconcile.ReconcileReport;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** A reconciliation for people: a line a repair, a line a difference, and a summary. */
final class ReconcileText {
    private final Output output;

    ReconcileText(final Output output) {
        this.output = output;
    }

    void print(final ReconcileReport report) {
        report.repairs().forEach(output::line);
        for (final Difference each : report.differences()) {
            output.line(each.toString());
        }
        more(report.differenceCount(), report.differences().size());
        report.quarantined().forEach(each -> output.line("quarantined: " + each));
        more(report.quarantinedCount(), report.quarantined().size());
        report.notes().forEach(output::line);
        if (report.unchecked() > 0) {
            output.line(count(report.unchecked()) + " payments in Postgres are older than what is kept: not checked");
        }
        if (report.pendingPayments() > 0) {
            output.line(count(report.pendingPayments()) + " payments are about to be settled");
        }
        output.line(summary(report));
        output.flush();
    }

    private void more(final long all, final int shown) {
        if (all > shown) {
            output.line("and " + count(all - shown) + " more");
        }
    }

    private static String summary(final ReconcileReport report) {
        final StringJoiner compared = new StringJoiner(", ");
        for (final Map.Entry<String, Long> each : report.compared().entrySet()) {
            compared.add(count(each.getValue()) + " " + each.getKey());
        }
        final StringJoiner found = new StringJoiner(", ", " (", ")").setEmptyValue("");
        report.byKind().forEach((kind, number) -> found.add(count(number) + " " + kind));
        final String lag = report.settledSequence() < 0
                ? ""
                : "; settled up to sequence " + report.settledSequence() + ", " + count(report.lag()) + " behind";
        return "compared " + compared + " up to sequence " + report.journalSequence() + lag + ": "
                + (report.isSame() ? "no difference" : count(report.differenceCount()) + " differences" + found);
    }

    private static String count(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
