package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rows as one array per column: the parameters of a statement that inserts them all from {@code unnest}. */
final class Columns<R> {
    private final List<String> types = new ArrayList<>();
    private final List<Function<R, Object>> values = new ArrayList<>();

    /** Adds a column; once, while the constant is made. */
    Columns<R> with(final String type, final Function<R, Object> value) {
        types.add(type);
        values.add(value);
        return this;
    }

    /** Sets the parameters, from the first on. */
    void bind(final Connection connection, final PreparedStatement statement, final List<R> rows) throws SQLException {
        for (int i = 0; i < types.size(); i++) {
            // The driver wants bytes in an array of their own type.
            final Stream<Object> column = rows.stream().map(values.get(i));
            final Object[] array = types.get(i).equals("bytea") ? column.toArray(byte[][]::new) : column.toArray();
            statement.setArray(i + 1, connection.createArrayOf(types.get(i), array));
        }
    }

    /** Sets one array as the only parameter. */
    static void bindOnly(
            final Connection connection, final PreparedStatement statement, final String type, final Object[] values)
            throws SQLException {
        statement.setArray(1, connection.createArrayOf(type, values));
    }
}
