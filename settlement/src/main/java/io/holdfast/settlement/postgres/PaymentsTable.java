package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Every payment once, whatever came of it. */
final class PaymentsTable {
    private static final String INSERT = "insert into holdfast.payments"
            + " (payment_id, hold_id, outcome, amount_minor, currency, journal_sequence)"
            + " select * from unnest(?::text[], ?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::bigint[])"
            + " on conflict on constraint payments_pkey do nothing returning payment_id";
    private static final Columns<PaymentRow> COLUMNS = new Columns<PaymentRow>()
            .with("text", PaymentRow::paymentId)
            .with("uuid", PaymentRow::holdId)
            .with("text", PaymentRow::outcome)
            .with("bigint", PaymentRow::amountMinor)
            .with("text", PaymentRow::currency)
            .with("bigint", PaymentRow::sequence);
    private static final String READ = "select payment_id, hold_id, outcome, amount_minor, currency, journal_sequence"
            + " from holdfast.payments where payment_id = any (?)";
    private static final String NEWEST = "select coalesce(max(journal_sequence), 0) from holdfast.payments";

    /**
     * What became of the rows.
     *
     * @param added ids of those that were not there before
     * @param contradicted those that the database has otherwise; of an id that comes twice the second only
     */
    record Written(Set<String> added, Set<PaymentRow> contradicted) {}

    private PaymentsTable() {}

    /** Adds what is not there, in the order of the keys, and compares what is. */
    static Written write(final Connection connection, final List<PaymentRow> rows, final List<Finding> findings)
            throws SQLException {
        final List<PaymentRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(PaymentRow::paymentId));
        final Set<String> added = insert(connection, sorted);
        final Set<String> unclaimed = new HashSet<>(added);
        // An id that comes twice was added once: the second is compared.
        sorted.removeIf(row -> unclaimed.remove(row.paymentId()));
        return new Written(added, sorted.isEmpty() ? Set.of() : compare(connection, sorted, findings));
    }

    private static Set<String> insert(final Connection connection, final List<PaymentRow> rows) throws SQLException {
        final Set<String> added = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            COLUMNS.bind(connection, statement, rows);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    added.add(row.getString(1));
                }
            }
        }
        return added;
    }

    private static Set<PaymentRow> compare(
            final Connection connection, final List<PaymentRow> rows, final List<Finding> findings)
            throws SQLException {
        final Map<String, PaymentRow> there = read(connection, rows);
        final Set<PaymentRow> contradicted = new HashSet<>();
        for (final PaymentRow row : rows) {
            final PaymentRow found = there.get(row.paymentId());
            if (!row.equals(found)) {
                contradicted.add(row);
                findings.add(Finding.conflict(row.sequence(), row.subject(), row, found));
            }
        }
        return contradicted;
    }

    private static Map<String, PaymentRow> read(final Connection connection, final List<PaymentRow> rows)
            throws SQLException {
        final Map<String, PaymentRow> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            Columns.bindOnly(
                    connection,
                    statement,
                    "text",
                    rows.stream().map(PaymentRow::paymentId).toArray());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getString(1),
                            new PaymentRow(
                                    row.getString(1),
                                    row.getObject(2, UUID.class),
                                    row.getString(3).equals(PaymentRow.PAID),
                                    row.getLong(4),
                                    row.getString(5).strip(),
                                    row.getLong(6)));
                }
            }
        }
        return found;
    }

    /** Sequence of the newest; 0 when there is none. */
    static long newestSequence(final Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEWEST);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
