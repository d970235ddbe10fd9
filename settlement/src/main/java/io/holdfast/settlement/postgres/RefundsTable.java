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

/** What is to be paid back, and what was. */
final class RefundsTable {
    private static final String INSERT = "insert into holdfast.refunds"
            + " (payment_id, hold_id, amount_minor, currency, reason, noted_at, journal_sequence, status)"
            + " select p, h, a, c, r, timestamptz 'epoch' + t * interval '1 millisecond', s, u"
            + " from unnest(?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],"
            + " ?::text[]) as n (p, h, a, c, r, t, s, u)"
            + " on conflict on constraint refunds_pkey do nothing returning payment_id";
    private static final Columns<RefundRow> COLUMNS = new Columns<RefundRow>()
            .with("text", RefundRow::paymentId)
            .with("uuid", row -> row.payment().holdId())
            .with("bigint", row -> row.payment().amountMinor())
            .with("text", row -> row.payment().currency())
            .with("text", RefundRow::reason)
            .with("bigint", RefundRow::notedAtMs)
            .with("bigint", row -> row.payment().sequence())
            .with("text", RefundRow::status);
    private static final String READ = "select payment_id, hold_id, amount_minor, currency, reason,"
            + " (extract(epoch from noted_at) * 1000)::bigint, journal_sequence, status"
            + " from holdfast.refunds where payment_id = any (?)";
    private static final String SETTLE =
            "update holdfast.refunds set status = 'SETTLED'" + " where payment_id = any (?) and status = 'DUE'";

    private RefundsTable() {}

    /** Adds what is not there, in the order of the keys, and compares what is, but for the status. */
    static void write(final Connection connection, final List<RefundRow> rows, final List<Finding> findings)
            throws SQLException {
        final List<RefundRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(RefundRow::paymentId));
        final Set<String> added = insert(connection, sorted);
        sorted.removeIf(row -> added.remove(row.paymentId()));
        if (!sorted.isEmpty()) {
            final Object[] ids = sorted.stream().map(RefundRow::paymentId).toArray();
            final Map<String, RefundRow> there = read(connection, ids);
            for (final RefundRow row : sorted) {
                final RefundRow found = there.get(row.paymentId());
                if (!isSame(row, found)) {
                    findings.add(Finding.conflict(row.payment().sequence(), row.subject(), row, found));
                }
            }
        }
    }

    /** An event may come again that is older than what is here: the status has gone on since. */
    private static boolean isSame(final RefundRow row, final RefundRow found) {
        return found != null
                && row.payment().equals(found.payment())
                && row.reason().equals(found.reason())
                && row.notedAtMs() == found.notedAtMs();
    }

    private static Set<String> insert(final Connection connection, final List<RefundRow> rows) throws SQLException {
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

    private static Map<String, RefundRow> read(final Connection connection, final Object[] ids) throws SQLException {
        final Map<String, RefundRow> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            Columns.bindOnly(connection, statement, "text", ids);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    final PaymentRow payment = new PaymentRow(
                            row.getString(1),
                            row.getObject(2, UUID.class),
                            false,
                            row.getLong(3),
                            row.getString(4).strip(),
                            row.getLong(7));
                    found.put(
                            payment.paymentId(),
                            new RefundRow(
                                    payment,
                                    row.getString(5),
                                    row.getLong(6),
                                    row.getString(8).equals(RefundRow.SETTLED)));
                }
            }
        }
        return found;
    }

    /** Marks refunds as paid back, and notes those that are not here. */
    static void settle(
            final Connection connection, final List<Change.RefundSettled> settled, final List<Finding> findings)
            throws SQLException {
        final Object[] ids =
                settled.stream().map(Change.RefundSettled::paymentId).sorted().toArray();
        final int updated;
        try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
            Columns.bindOnly(connection, statement, "text", ids);
            updated = statement.executeUpdate();
        }
        if (updated < ids.length) {
            final Set<String> there = read(connection, ids).keySet();
            for (final Change.RefundSettled each : settled) {
                if (!there.contains(each.paymentId())) {
                    findings.add(new Finding(
                            each.sequence(),
                            Finding.Kind.INCOMPLETE,
                            each.subject(),
                            "was paid back, and is not known here as due"));
                }
            }
        }
    }
}
