package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepItsDataWhenStartedAgainOnTheSamePort() throws Exception {
        final int port;
        final long pid;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            port = postgres.port();
            pid = postgres.pid();
            execute(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
            assertThat(Processes.isRunning(pid)).isTrue();
        }
        assertThat(Processes.isRunning(pid)).isFalse();

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, port)) {
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(query(postgres, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    private static void execute(final EmbeddedPostgres postgres, final String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(final EmbeddedPostgres postgres, final String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static Connection connect(final EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
