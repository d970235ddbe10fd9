package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * The one row that says how far settlement is and who settles.
 *
 * <p>Whoever begins to settle puts its own writer there and raises the fence, and from then on moves the cursor with its
 * writer and the sequence it left as the condition, first of all in each transaction: the row's lock orders rival writers,
 * and the later condition fails.
 */
final class CursorTable {
    private static final String READ =
            "select journal_id, journal_sequence, journal_position, writer, fence" + " from holdfast.settlement_cursor";
    private static final String INSERT = "insert into holdfast.settlement_cursor"
            + " (journal_id, journal_sequence, journal_position, writer, fence) values (?, ?, ?, ?, ?)"
            + " on conflict on constraint settlement_cursor_pkey do nothing";
    private static final String TAKE = "update holdfast.settlement_cursor"
            + " set writer = ?, fence = ?, journal_sequence = ?, journal_position = ?, updated_at = now()";
    private static final String MOVE = "update holdfast.settlement_cursor"
            + " set journal_sequence = ?, journal_position = ?, updated_at = now()"
            + " where journal_id = ? and writer = ? and journal_sequence = ?";

    /** What stands in the row. */
    record Row(UUID journalId, Place place, UUID writer, long fence) {}

    private final UUID journalId;
    private final UUID writer;

    CursorTable(final UUID journalId, final UUID writer) {
        this.journalId = journalId;
        this.writer = writer;
    }

    /** Reads the row; empty in a new database. */
    Optional<Row> read(final Connection connection) throws SQLException {
        return query(connection, READ);
    }

    /** Reads the row and keeps others from changing it until the transaction ends. */
    Optional<Row> readForUpdate(final Connection connection) throws SQLException {
        return query(connection, READ + " for update");
    }

    private static Optional<Row> query(final Connection connection, final String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new Row(
                    row.getObject(1, UUID.class),
                    new Place(row.getLong(2), row.getLong(3), 0),
                    row.getObject(4, UUID.class),
                    row.getLong(5)));
        }
    }

    /** Makes the row, this writer's; false when another made it meanwhile. */
    boolean insert(final Connection connection, final Place place, final long fence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, journalId);
            statement.setLong(2, place.sequence());
            statement.setLong(3, place.position());
            statement.setObject(4, writer);
            statement.setLong(5, fence);
            return statement.executeUpdate() == 1;
        }
    }

    /** Makes the row this writer's, whoever's it was. Only under {@link #readForUpdate}. */
    void take(final Connection connection, final Place place, final long fence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setObject(1, writer);
            statement.setLong(2, fence);
            statement.setLong(3, place.sequence());
            statement.setLong(4, place.position());
            statement.executeUpdate();
        }
    }

    /** Moves the cursor, and holds it until the transaction ends; false when it is not as this writer left it. */
    boolean move(final Connection connection, final Place from, final Place to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            statement.setLong(1, to.sequence());
            statement.setLong(2, to.position());
            statement.setObject(3, journalId);
            statement.setObject(4, writer);
            statement.setLong(5, from.sequence());
            return statement.executeUpdate() == 1;
        }
    }
}
