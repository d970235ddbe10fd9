package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What could not be settled, or contradicts what was settled before. Nothing here deletes from it. */
final class Quarantine {
    private static final int DETAIL_LENGTH_MAX = 2_000;

    private static final String INSERT = "insert into holdfast.settlement_quarantine"
            + " (journal_id, journal_sequence, kind, subject, detail)"
            + " select ?, s, k, b, d from unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) as n (s, k, b, d)"
            + " on conflict on constraint settlement_quarantine_key do nothing"
            + " returning journal_sequence, kind, subject";
    private static final String CONTAINS = "select from holdfast.settlement_quarantine"
            + " where journal_id = ? and journal_sequence = ? and kind = ? and subject = ?";
    private static final String COUNT = "select count(*) from holdfast.settlement_quarantine";

    private Quarantine() {}

    /** Adds findings and returns those that are new. */
    static List<Finding> write(final Connection connection, final UUID journalId, final List<Finding> findings)
            throws SQLException {
        final Set<String> added = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, journalId);
            statement.setArray(
                    2,
                    array(
                            connection,
                            "bigint",
                            findings.stream().map(Finding::sequence).toArray()));
            statement.setArray(
                    3,
                    array(
                            connection,
                            "text",
                            findings.stream().map(each -> each.kind().word()).toArray()));
            statement.setArray(
                    4,
                    array(
                            connection,
                            "text",
                            findings.stream().map(Finding::subject).toArray()));
            statement.setArray(
                    5,
                    array(
                            connection,
                            "text",
                            findings.stream().map(Quarantine::detail).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    added.add(key(row.getLong(1), row.getString(2), row.getString(3)));
                }
            }
        }
        return findings.stream()
                .filter(each -> added.remove(key(each.sequence(), each.kind().word(), each.subject())))
                .toList();
    }

    private static java.sql.Array array(final Connection connection, final String type, final Object[] values)
            throws SQLException {
        return connection.createArrayOf(type, values);
    }

    private static String key(final long sequence, final String kind, final String subject) {
        return sequence + " " + kind + " " + subject;
    }

    /** A server's message may hold anything; text in the database may not hold zeros. */
    private static String detail(final Finding finding) {
        final String text = finding.detail().replace('\0', ' ');
        return text.length() <= DETAIL_LENGTH_MAX ? text : text.substring(0, DETAIL_LENGTH_MAX);
    }

    /** Whether it is there already. */
    static boolean contains(final Connection connection, final UUID journalId, final Finding finding)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CONTAINS)) {
            statement.setObject(1, journalId);
            statement.setLong(2, finding.sequence());
            statement.setString(3, finding.kind().word());
            statement.setString(4, finding.subject());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Rows in it. */
    static long count(final Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
