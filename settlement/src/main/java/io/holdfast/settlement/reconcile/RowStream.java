package io.holdfast.settlement.reconcile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Rows of a table in the journal's order, fetched in portions by a cursor on the server: however many there are, few are
 * in memory.
 */
final class RowStream implements AutoCloseable {
    private static final int ROWS_PER_FETCH = 1_000;

    private final Table table;
    private final PreparedStatement statement;
    private final ResultSet rows;

    /** The next row; null behind the last. */
    private Row next;

    private RowStream(final Table table, final PreparedStatement statement, final ResultSet rows) throws SQLException {
        this.table = table;
        this.statement = statement;
        this.rows = rows;
        advance();
    }

    static RowStream open(final Connection connection, final Table table, final String select, final long parameter)
            throws SQLException {
        final PreparedStatement statement = connection.prepareStatement(select);
        boolean isOpen = false;
        try {
            statement.setFetchSize(ROWS_PER_FETCH);
            statement.setLong(1, parameter);
            final RowStream stream = new RowStream(table, statement, statement.executeQuery());
            isOpen = true;
            return stream;
        } finally {
            if (!isOpen) {
                statement.close();
            }
        }
    }

    static Row row(final Table table, final ResultSet rows) throws SQLException {
        final String[] values = new String[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.getString(i + 3);
        }
        return new Row(rows.getLong(1), rows.getString(2), values, null);
    }

    /** The next row, which stays the next; null when there are no more. */
    Row peek() {
        return next;
    }

    /** The next row, and goes on behind it. */
    Row take() throws SQLException {
        final Row taken = next;
        advance();
        return taken;
    }

    private void advance() throws SQLException {
        next = rows.next() ? row(table, rows) : null;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
