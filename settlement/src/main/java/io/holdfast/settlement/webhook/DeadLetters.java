package io.holdfast.settlement.webhook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The messages that were given up, for people to look at; kept for 30 days. Any thread that may wait for Postgres. */
public final class DeadLetters {
    /** Letters on one page at most. */
    public static final int PAGE_MAX = 100;

    private static final int ANSWER_TIMEOUT_MS = 3_000;

    private static final String PAGE = """
            select id, message_id, type, subject, attempts, last_error, created_at, finished_at, body
            from holdfast.webhook_outbox
            where status = 'DEAD' and id > ?
            order by id
            limit ?
            """;

    private final DataSource source;

    public DeadLetters(final DataSource source) {
        this.source = source;
    }

    /**
     * The oldest letters after one.
     *
     * @param afterId of the last letter of the page before; 0 to begin
     * @param lettersMax 1 to {@link #PAGE_MAX}
     * @throws SQLException when Postgres is away, or too slow
     */
    public List<DeadLetter> page(final long afterId, final int lettersMax) throws SQLException {
        if (lettersMax < 1 || lettersMax > PAGE_MAX) {
            throw new IllegalArgumentException("a page has 1 to " + PAGE_MAX + " dead letters: " + lettersMax);
        }
        try (Connection connection = source.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_TIMEOUT_MS);
            try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
                statement.setLong(1, afterId);
                statement.setInt(2, lettersMax);
                try (ResultSet rows = statement.executeQuery()) {
                    return letters(rows);
                }
            }
        }
    }

    private static List<DeadLetter> letters(final ResultSet rows) throws SQLException {
        final List<DeadLetter> letters = new ArrayList<>();
        while (rows.next()) {
            letters.add(new DeadLetter(
                    rows.getLong("id"),
                    rows.getString("message_id"),
                    rows.getString("type"),
                    rows.getString("subject"),
                    rows.getInt("attempts"),
                    rows.getString("last_error"),
                    instant(rows, "created_at"),
                    instant(rows, "finished_at"),
                    rows.getString("body")));
        }
        return letters;
    }

    private static Instant instant(final ResultSet row, final String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
