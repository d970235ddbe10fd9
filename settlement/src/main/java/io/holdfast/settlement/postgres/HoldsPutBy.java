package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The paid holds of a snapshot, put by in the database until their payments turn up behind them: an order needs both, and
 * a million of them do not fit into memory.
 */
final class HoldsPutBy {
    private static final String INSERT = "insert into holdfast.settlement_resync_holds (hold_id, image)"
            + " select * from unnest(?::uuid[], ?::bytea[])"
            + " on conflict on constraint settlement_resync_holds_pkey do nothing";
    private static final Columns<Change.HoldPutBy> COLUMNS = new Columns<Change.HoldPutBy>()
            .with("uuid", Change.HoldPutBy::holdId)
            .with("bytea", Change.HoldPutBy::image);
    private static final String READ =
            "select hold_id, image from holdfast.settlement_resync_holds where hold_id = any (?)";
    private static final int CLEARED_MAX = 10_000;

    /** Not a truncation: that would wait for whoever reads the table, such as a backup that takes hours. */
    private static final String CLEAR = "delete from holdfast.settlement_resync_holds where hold_id = any (array("
            + "select hold_id from holdfast.settlement_resync_holds limit " + CLEARED_MAX + "))";

    private HoldsPutBy() {}

    static void write(final Connection connection, final List<Change.HoldPutBy> rows) throws SQLException {
        final List<Change.HoldPutBy> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(Change.HoldPutBy::holdId));
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            COLUMNS.bind(connection, statement, sorted);
            statement.executeUpdate();
        }
    }

    /** The images of those that are there. */
    static Map<UUID, DirectBuffer> read(final Connection connection, final Object[] holdIds) throws SQLException {
        final Map<UUID, DirectBuffer> images = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            Columns.bindOnly(connection, statement, "uuid", holdIds);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    images.put(row.getObject(1, UUID.class), new UnsafeBuffer(row.getBytes(2)));
                }
            }
        }
        return images;
    }

    /** Deletes some; returns whether there may be more. */
    static boolean clearSome(final Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
            return statement.executeUpdate() == CLEARED_MAX;
        }
    }
}
