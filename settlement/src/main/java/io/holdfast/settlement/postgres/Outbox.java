package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The queue of outbound webhooks: settlement adds to it, whoever sends takes from it. */
final class Outbox {
    /** The ids grow in the order of the events, which a sort by key would break: nobody else adds here. */
    private static final String INSERT = "insert into holdfast.webhook_outbox (message_id, type, subject, body)"
            + " select m, t, s, b from unnest(?::text[], ?::text[], ?::text[], ?::text[])"
            + " with ordinality as n (m, t, s, b, o) order by o"
            + " on conflict on constraint webhook_outbox_message_id_key do nothing";

    private static final Columns<MessageRow> COLUMNS = new Columns<MessageRow>()
            .with("text", MessageRow::messageId)
            .with("text", MessageRow::type)
            .with("text", MessageRow::subject)
            .with("text", MessageRow::body);

    private Outbox() {}

    /** Adds messages, but for those about payments that were settled before. */
    static void write(final Connection connection, final List<MessageRow> rows, final Set<String> newPayments)
            throws SQLException {
        final List<MessageRow> due = rows.stream()
                .filter(row -> row.payment().map(newPayments::contains).orElse(true))
                .toList();
        if (!due.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                COLUMNS.bind(connection, statement, due);
                statement.executeUpdate();
            }
        }
    }

    /** About how many bytes a message takes. */
    static int bytes(final Optional<MessageRow> message) {
        return message.map(row -> 128 + row.body().length()).orElse(0);
    }
}
