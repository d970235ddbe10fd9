package io.holdfast.settlement.webhook;

import io.holdfast.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A Postgres of its own with an outbox; its time passes as the test wants. */
final class OutboxDatabase implements AutoCloseable {
    private static final String SCHEMA = "/io/holdfast/settlement/postgres/schema/V1__settlement.sql";

    private final Path directory;
    private final PGSimpleDataSource source;
    private EmbeddedPostgres postgres;

    OutboxDatabase(final Path directory) throws IOException, SQLException {
        this.directory = directory;
        this.postgres = EmbeddedPostgres.start(directory);
        this.source = connectingHere(new PGSimpleDataSource());
        execute("create schema holdfast; set search_path = holdfast; " + schema());
    }

    private PGSimpleDataSource connectingHere(final PGSimpleDataSource connecting) {
        connecting.setUrl(postgres.jdbcUrl());
        connecting.setUser(postgres.user());
        connecting.setPassword(postgres.password());
        connecting.setConnectTimeout(5);
        return connecting;
    }

    private static String schema() throws IOException {
        try (InputStream script = WebhookSender.class.getResourceAsStream(SCHEMA)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    DataSource source() {
        return source;
    }

    /** Has another sender's statement come in between the first two that connect. */
    DataSource sourceWithInterloper(final String sql) {
        return connectingHere(new PGSimpleDataSource() {
            private int connected;

            @Override
            public Connection getConnection() throws SQLException {
                if (++connected == 2) {
                    execute(sql);
                }
                return super.getConnection();
            }
        });
    }

    void stop() {
        postgres.close();
    }

    void startAgain() throws IOException {
        postgres = EmbeddedPostgres.start(directory, postgres.port());
    }

    @Override
    public void close() {
        postgres.close();
    }

    void add(final String messageId, final String subject) throws SQLException {
        add(messageId, subject, "{\"type\":\"order.paid\",\"data\":{\"id\":\"" + messageId + "\"}}");
    }

    void add(final String messageId, final String subject, final String body) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into holdfast.webhook_outbox"
                        + " (message_id, type, subject, body) values (?, 'order.paid', ?, ?)")) {
            insert.setString(1, messageId);
            insert.setString(2, subject);
            insert.setString(3, body);
            insert.executeUpdate();
        }
    }

    /** {@code m-1} to {@code m-<subjects * each>}: the first of every subject, then the second of every subject, … */
    void addMany(final int subjects, final int each) throws SQLException {
        addMany(subjects, each, "m-");
    }

    void addMany(final int subjects, final int each, final String prefix) throws SQLException {
        execute("insert into holdfast.webhook_outbox (message_id, type, subject, body)"
                + " select '%s' || n, 'order.paid', 's-' || n %% %d, '{\"n\":' || n || '}'".formatted(prefix, subjects)
                + " from generate_series(1, %d) n".formatted(subjects * each));
    }

    /** All that is planned is so much nearer, all that was is so much longer ago. */
    void pass(final Duration time) throws SQLException {
        execute("update holdfast.webhook_outbox set next_attempt_at = next_attempt_at - interval '%1$d ms',"
                        .formatted(time.toMillis())
                + " created_at = created_at - interval '%1$d ms', first_attempt_at = first_attempt_at - interval '%1$d ms',"
                        .formatted(time.toMillis())
                + " finished_at = finished_at - interval '%1$d ms'".formatted(time.toMillis()));
    }

    void clear() throws SQLException {
        execute("truncate holdfast.webhook_outbox restart identity");
    }

    void execute(final String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(final String where) {
        return Long.parseLong(column("select count(*) from holdfast.webhook_outbox where " + where)
                .get(0));
    }

    String value(final String column, final String messageId) {
        return column("select " + column + " from holdfast.webhook_outbox where message_id = '" + messageId + "'")
                .get(0);
    }

    List<String> column(final String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            final List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (final SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
