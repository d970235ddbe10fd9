package io.holdfast.perf.scale;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the journal has done since the server started, as its metrics say it.
 *
 * @param syncs batches written and synced
 * @param syncSeconds what they took in all
 * @param records in them
 * @param bytes up to where the journal is durable
 */
record JournalCounters(double syncs, double syncSeconds, double records, double bytes) {
    /**
     * Reads them from a page of metrics in Prometheus' text format.
     *
     * @throws IllegalArgumentException naming the metric that is not there
     */
    static JournalCounters of(final String metrics) {
        return new JournalCounters(
                value(metrics, "holdfast_journal_sync_seconds_count"),
                value(metrics, "holdfast_journal_sync_seconds_sum"),
                value(metrics, "holdfast_journal_batch_records_sum"),
                value(metrics, "holdfast_journal_durable_position"));
    }

    JournalCounters since(final JournalCounters earlier) {
        return new JournalCounters(
                syncs - earlier.syncs,
                syncSeconds - earlier.syncSeconds,
                records - earlier.records,
                bytes - earlier.bytes);
    }

    private static double value(final String metrics, final String name) {
        final Matcher matcher =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the server has no metric " + name);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
