package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresTest {
    private static final String MAKE = "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer";

    /** Shared, since a Postgres is set up for a second or more, and what a test leaves here another starts with. */
    @TempDir
    private static Path directory;

    @Test
    void shouldKeepItsDataWhenStartedAgainOnTheSamePort() throws Exception {
        final int port;
        final long pid;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            port = postgres.port();
            pid = postgres.pid();
            new Database(postgres).execute(MAKE);
            assertThat(Processes.isRunning(pid)).isTrue();
        }
        assertThat(Processes.isRunning(pid)).isFalse();

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, port)) {
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(new Database(postgres).query("SELECT answer FROM kept")).isEqualTo("42");
            assertThat(new Database(postgres).query("SHOW fsync")).isEqualTo("on");
        }
    }

    @Test
    void shouldTurnAwayWhoeverDoesNotKnowThePassword() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            final Database guessed = new Database(postgres.jdbcUrl(), postgres.user(), "guessed");

            assertThatThrownBy(() -> guessed.query("SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void shouldStartAgainWhenItWasKilledInTheMiddleOfWork() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            final Database database = new Database(postgres);
            database.execute(MAKE);
            try (Connection busy = database.connect()) {
                busy.setAutoCommit(false);
                busy.createStatement().execute("INSERT INTO kept VALUES (43)");
                Processes.kill(postgres.pid());
            }
            assertThat(directory.resolve("data/postmaster.pid")).exists();
        }

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThat(new Database(postgres).query("SELECT sum(answer) FROM kept"))
                    .isEqualTo("42");
        }
    }

    @Test
    void shouldLeaveForeignProcessAloneWhenItHasTheNumberOfOneThatCrashed() throws Exception {
        EmbeddedPostgres.start(directory).close();
        final Process foreign = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(directory.resolve("data/postmaster.pid"), foreign.pid() + "\n" + directory + "\n");

            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
                assertThat(new Database(postgres).query("SELECT 1")).isEqualTo("1");
            }

            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroy();
        }
    }

    @Test
    void shouldStartFromTheBeginningWhenItsFirstStartWasCutShort(@TempDir final Path other) throws Exception {
        final Path unfinished = Files.createDirectories(other.resolve("initialising-1"));
        Files.writeString(unfinished.resolve("PG_VERSION"), "18");
        Files.createFile(other.resolve("password"));

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(other)) {
            assertThat(postgres.password()).hasSize(32);
            assertThat(new Database(postgres).query("SELECT 1")).isEqualTo("1");
        }
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void shouldSayWhatToDoWhenItCannotStart(@TempDir final Path other) throws IOException {
        final Path file = Files.createFile(other.resolve("file"));
        final Path dollar = other.resolve("$HOME");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("next step");
        }
        assertThatThrownBy(() -> EmbeddedPostgres.start(file.resolve("home")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> EmbeddedPostgres.start(dollar))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(dollar.toString());
    }

    @Test
    void shouldSayWhatPostgresSaidWhenItRefusesItsData() throws Exception {
        EmbeddedPostgres.start(directory).close();
        final Path version = directory.resolve("data/PG_VERSION");
        final String kept = Files.readString(version);
        Files.writeString(version, "9");
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("incompatible");
        } finally {
            Files.writeString(version, kept);
        }
    }

    @Test
    void shouldRefuseSecondOwnerWhenItRuns() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");

            assertThat(new Database(postgres).query("SELECT 1")).isEqualTo("1");
        }
    }
}
