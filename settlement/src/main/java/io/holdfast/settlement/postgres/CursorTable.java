package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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
    private static final String READ = "select journal_id, journal_sequence, journal_position, writer, fence,"
            + " record_position, record_time_ms, record_checksum, lost_sequence, accepted_sequence"
            + " from holdfast.settlement_cursor";
    private static final String INSERT = "insert into holdfast.settlement_cursor"
            + " (journal_id, journal_sequence, journal_position, writer, fence,"
            + " record_position, record_time_ms, record_checksum) values (?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict on constraint settlement_cursor_pkey do nothing";
    private static final String TAKE = "update holdfast.settlement_cursor"
            + " set writer = ?, fence = ?, journal_sequence = ?, journal_position = ?,"
            + " record_position = ?, record_time_ms = ?, record_checksum = ?,"
            + " lost_sequence = ?, accepted_sequence = ?, updated_at = now()";
    private static final String MOVE = "update holdfast.settlement_cursor"
            + " set journal_sequence = ?, journal_position = ?,"
            + " record_position = ?, record_time_ms = ?, record_checksum = ?,"
            + " lost_sequence = ?, accepted_sequence = ?, updated_at = now()"
            + " where journal_id = ? and writer = ? and journal_sequence = ?";

    /** What stands in the row. */
    record Row(UUID journalId, Place place, UUID writer, long fence, Loss loss) {}

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
                    new Place(row.getLong(2), row.getLong(3), 0, mark(row, 6)),
                    row.getObject(4, UUID.class),
                    row.getLong(5),
                    new Loss(row.getLong(9), row.getLong(10))));
        }
    }

    /**
     * The mark in three columns, from this one on.
     *
     * @return empty when they are null: of a place without one, or of a build that knew of none
     */
    static Optional<Mark> mark(final ResultSet row, final int column) throws SQLException {
        final long position = row.getLong(column);
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Mark(position, row.getLong(column + 1), row.getInt(column + 2)));
    }

    private static void setMark(final PreparedStatement statement, final int parameter, final Optional<Mark> mark)
            throws SQLException {
        statement.setObject(parameter, mark.map(Mark::position).orElse(null), Types.BIGINT);
        statement.setObject(parameter + 1, mark.map(Mark::timeMs).orElse(null), Types.BIGINT);
        statement.setObject(parameter + 2, mark.map(Mark::checksum).orElse(null), Types.INTEGER);
    }

    /** Makes the row, this writer's; false when another made it meanwhile. */
    boolean insert(final Connection connection, final Place place, final long fence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, journalId);
            statement.setLong(2, place.sequence());
            statement.setLong(3, place.position());
            statement.setObject(4, writer);
            statement.setLong(5, fence);
            setMark(statement, 6, place.mark());
            return statement.executeUpdate() == 1;
        }
    }

    /** Makes the row this writer's, whoever's it was. Only under {@link #readForUpdate}. */
    void take(final Connection connection, final Place place, final long fence, final Loss loss) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setObject(1, writer);
            statement.setLong(2, fence);
            statement.setLong(3, place.sequence());
            statement.setLong(4, place.position());
            setMark(statement, 5, place.mark());
            statement.setLong(8, loss.foundSequence());
            statement.setLong(9, loss.acceptedSequence());
            statement.executeUpdate();
        }
    }

    /** Moves the cursor, and holds it until the transaction ends; false when it is not as this writer left it. */
    boolean move(final Connection connection, final Place from, final Place to, final Loss loss) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            statement.setLong(1, to.sequence());
            statement.setLong(2, to.position());
            setMark(statement, 3, to.mark());
            statement.setLong(6, loss.foundSequence());
            statement.setLong(7, loss.acceptedSequence());
            statement.setObject(8, journalId);
            statement.setObject(9, writer);
            statement.setLong(10, from.sequence());
            return statement.executeUpdate() == 1;
        }
    }
}
