package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.gateway.ServerConfig.Postgres;
import io.holdfast.gateway.ServerConfig.Secret;
import io.holdfast.journal.JournalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal lost its tail, and Postgres knows: an older copy of the data directory, restored. Going on would give
 * sequences a second time, so the server does not start, or halts when it is told later, also of a loss that earlier processes
 * went on from.
 */
@Tag("slow")
@Timeout(300)
class LostTailTest {
    @TempDir
    private Path directory;

    private Path data;
    private EmbeddedPostgres database;
    private Postgres postgres;
    private final AtomicBoolean hasHalted = new AtomicBoolean();

    @BeforeEach
    void loseTheTail() throws Exception {
        database = EmbeddedPostgres.start(directory.resolve("postgres"));
        postgres = new Postgres(database.jdbcUrl(), database.user(), Optional.of(new Secret(database.password())));
        data = directory.resolve("restored");
        final Path lost = directory.resolve("lost");
        sell(start(lost, false), "early");
        copy(lost, data);
        sell(start(lost, false), "late");
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private HoldfastServer start(final Path from, final boolean isLostTailAccepted) throws StartRefusedException {
        return HoldfastServer.start(
                ServerFixture.config(from, postgres, isLostTailAccepted),
                JournalFiles.real(),
                () -> hasHalted.set(true));
    }

    /** Creates a drop, sells of it, waits until that is settled, and stops the server. */
    private void sell(final HoldfastServer server, final String drop) throws Exception {
        assertThat(ServerFixture.createDrop(server, drop).statusCode()).isEqualTo(201);
        assertThat(ServerFixture.buy(server, drop, "b-" + drop).get().statusCode())
                .isEqualTo(201);
        final long sequence = Long.parseLong(
                member(ServerFixture.management(server, "/status").body(), "sequence"));
        await().atMost(Duration.ofSeconds(30)).until(() -> settledSequence() >= sequence);
        server.stop();
        assertThat(server.awaitStop()).isTrue();
    }

    private static String member(final String json, final String name) {
        return json.replaceFirst(".*?\"" + name + "\":([0-9]+).*", "$1");
    }

    private long settledSequence() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select journal_sequence from holdfast.settlement_cursor")) {
            return row.next() ? row.getLong(1) : -1;
        } catch (final SQLException e) {
            if ("42P01".equals(e.getSQLState()) || "3F000".equals(e.getSQLState())) {
                return -1; // the schema is being made
            }
            throw e;
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void shouldRefuseToStartWhenPostgresHasSettledMoreThanTheJournalHolds() throws Exception {
        final long settled = settledSequence();

        assertThatThrownBy(() -> start(data, false))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContainingAll(Long.toString(settled), "--accept-lost-tail");

        assertThat(settledSequence()).isEqualTo(settled);
    }

    @Test
    void shouldGoOnAboveAllThatWasSeenWhenTheOperatorAcceptsTheLoss() throws Exception {
        final long settled = settledSequence();
        final HoldfastServer server = start(data, true);

        final String bought = ServerFixture.buy(server, "early", "b-new").get().body();

        assertThat(Long.parseLong(member(bought, "sequence"))).isGreaterThan(settled);
        sell(server, "after");
        sell(start(data, false), "later");
        assertThat(hasHalted).isFalse();
    }

    @Test
    void shouldRefuseToAcceptALossThatNobodyCanTell() {
        database.close();

        assertThatThrownBy(() -> start(data, true))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContainingAll("--accept-lost-tail", "--postgres-url");
    }

    @Test
    void shouldHaltWhenPostgresComesLaterAndKnowsMore() throws Exception {
        database.close();
        final HoldfastServer server = start(data, false);
        assertThat(ServerFixture.management(server, "/readyz").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        ServerFixture.management(server, "/readyz").body().contains("\"degraded\":[\"postgres\"]"));

        database = EmbeddedPostgres.start(directory.resolve("postgres"), database.port());

        assertThat(server.awaitStop()).isFalse();
        await().untilAsserted(() -> assertThat(hasHalted).isTrue());
    }

    @Test
    void shouldRefuseToStartUntilAcceptedWhenTheSaleWentOnWithoutPostgresPastWhatWasSettled() throws Exception {
        final long settled = settledSequence();
        database.close();
        final HoldfastServer alone = start(data, false);
        assertThat(ServerFixture.createDrop(alone, "alone").statusCode()).isEqualTo(201);
        for (int i = 0; i < 20; i++) {
            assertThat(ServerFixture.buy(alone, "alone", "b-" + i).get().statusCode())
                    .isEqualTo(201);
        }
        assertThat(Long.parseLong(
                        member(ServerFixture.management(alone, "/status").body(), "sequence")))
                .isGreaterThan(settled);
        alone.stop();
        assertThat(alone.awaitStop()).isTrue();
        database = EmbeddedPostgres.start(directory.resolve("postgres"), database.port());

        assertThatThrownBy(() -> start(data, false))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContainingAll(Long.toString(settled), "does not hold that record", "--accept-lost-tail");

        assertThat(settledSequence()).isEqualTo(settled);
        sell(start(data, true), "after");
        sell(start(data, false), "later");
        assertThat(hasHalted).isFalse();
    }

    @Test
    void shouldStartWithoutPostgresAndSettleOnceItIsThere() throws Exception {
        final Path lost = directory.resolve("lost");
        database.close();
        final HoldfastServer server = start(lost, false);
        assertThat(List.of(
                        ServerFixture.createDrop(server, "away").statusCode(),
                        ServerFixture.buy(server, "away", "b-away").get().statusCode()))
                .containsOnly(201);

        database = EmbeddedPostgres.start(directory.resolve("postgres"), database.port());

        sell(server, "back");
    }
}
