package io.holdfast.gateway.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.embedded.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Postgres and a real Redis beside the server, to be stopped, paused and cut off while it works. */
final class Stores implements AutoCloseable {
    private static final Pattern ANSWER =
            Pattern.compile("\\{\"payment\":\"([^\"]+)\",\"hold\":\"([^\"]+)\",\"outcome\":\"(PAID|REFUND_DUE)\".*\\}");

    private final Path directory;
    private final int postgresPort;
    private final int redisPort;
    private EmbeddedPostgres postgres;
    private EmbeddedRedis redis;

    private Stores(final Path directory) throws IOException {
        this.directory = directory;
        postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
        redis = EmbeddedRedis.start(directory.resolve("redis"));
        postgresPort = postgres.port();
        redisPort = redis.port();
    }

    static Stores start(final Path directory) throws IOException {
        return new Stores(directory);
    }

    /** What {@code serve} is told of them. */
    String[] flags() {
        return new String[] {
            "--postgres-url=" + postgres.jdbcUrl(),
            "--postgres-user=" + postgres.user(),
            "--postgres-password=" + postgres.password(),
            "--redis-url=" + redis.url()
        };
    }

    /** The command that compares them with the journal. */
    List<String> reconcile(final Path data, final String... more) {
        final List<String> arguments = new ArrayList<>(List.of("reconcile", "--data-dir=" + data));
        arguments.addAll(List.of(flags()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    /** Waits until Postgres holds what {@link #checkSettled} requires; it may be away, or without a schema, for a while. */
    void awaitSettled(final Map<String, String> answers) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> checkSettled(answers));
    }

    /** Requires Postgres to hold exactly the payments, orders and refunds that the provider was answered. */
    private void checkSettled(final Map<String, String> answers) throws SQLException {
        final Map<String, String> payments = new HashMap<>();
        final Map<String, String> orders = new HashMap<>();
        final Map<String, String> refunds = new HashMap<>();
        answers.forEach((payment, answer) -> {
            final Matcher matcher = ANSWER.matcher(answer);
            assertThat(matcher.matches()).as(answer).isTrue();
            payments.put(payment, matcher.group(2) + " " + matcher.group(3));
            (matcher.group(3).equals("PAID") ? orders : refunds).put(payment, matcher.group(2));
        });
        try (Connection connection = connect()) {
            assertThat(rows(connection, "select payment_id, hold_id || ' ' || outcome from holdfast.payments"))
                    .isEqualTo(payments);
            assertThat(rows(connection, "select payment_id, order_id::text from holdfast.orders"))
                    .isEqualTo(orders);
            assertThat(rows(connection, "select payment_id, hold_id::text from holdfast.refunds"))
                    .isEqualTo(refunds);
            assertThat(rows(
                            connection,
                            "select order_id::text, count(*)::text from holdfast.order_items group by order_id"))
                    .hasSameSizeAs(orders);
        }
    }

    private static Map<String, String> rows(final Connection connection, final String query) throws SQLException {
        final Map<String, String> rows = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.put(result.getString(1), result.getString(2));
            }
        }
        return rows;
    }

    /** Ends Postgres and starts it again on the same data. */
    void restartPostgres() throws IOException {
        postgres.close();
        postgres = EmbeddedPostgres.start(directory.resolve("postgres"), postgresPort);
    }

    /** Ends all connections that the server has. */
    void cutPostgres() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()");
        }
    }

    /** Loses all that Redis has, and starts it again. */
    void restartRedis() throws IOException {
        redis.close();
        redis = EmbeddedRedis.start(directory.resolve("redis"), redisPort);
    }

    /** Empties Redis, as an operator by mistake does. */
    void flushRedis() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redisPort)) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(US_ASCII));
            assertThat(socket.getInputStream().readNBytes(5)).isEqualTo("+OK\r\n".getBytes(US_ASCII));
        }
    }

    /** Stops every process of Postgres where it stands. */
    void pausePostgres() throws IOException, InterruptedException {
        signal("STOP", postgres.pid());
    }

    void resumePostgres() throws IOException, InterruptedException {
        signal("CONT", postgres.pid());
    }

    void pauseRedis() throws IOException, InterruptedException {
        signal("STOP", redis.pid());
    }

    void resumeRedis() throws IOException, InterruptedException {
        signal("CONT", redis.pid());
    }

    private static void signal(final String signal, final long pid) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("kill", "-" + signal, Long.toString(pid)));
        ProcessHandle.of(pid).orElseThrow().descendants().forEach(child -> command.add(Long.toString(child.pid())));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Override
    public void close() {
        redis.close();
        postgres.close();
    }
}
