package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.embedded.EmbeddedStores.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What becomes of the stores when the process that started them stops, or is killed. */
@Timeout(300)
final class EmbeddedStoresTest {
    private static final String MAKE = "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer";

    /** Shared, since a Postgres is set up for a second or more, and what a test leaves here another starts with. */
    @TempDir
    private static Path data;

    @Test
    void shouldStartOnlyWhatIsWantedWithPasswords() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.start(data, EnumSet.of(Store.REDIS))) {
            assertThat(stores.postgres()).isEmpty();
            final EmbeddedRedis redis = stores.redis().orElseThrow();
            try (Jedis client = new Jedis(URI.create(redis.url()))) {
                assertThat(client.ping()).isEqualTo("PONG");
            }
            try (Jedis client = new Jedis("127.0.0.1", redis.port())) {
                assertThatThrownBy(client::ping).hasMessageContaining("NOAUTH");
            }
        }
    }

    @Test
    void shouldLeaveNoneRunningWhenOneCannotStart(@TempDir final Path other) throws IOException {
        final Path home = Files.createDirectory(other.resolve("embedded"));
        Files.createFile(home.resolve("postgres"));

        assertThatThrownBy(() -> EmbeddedStores.start(other, EnumSet.allOf(Store.class)))
                .isInstanceOf(IOException.class);

        assertThat(home.resolve("redis/redis.conf")).exists();
        assertThat(home.resolve("redis/redis.pid")).doesNotExist();
    }

    @Test
    void shouldEndStoresAndKeepDataWhenTheirProcessIsKilled() throws Exception {
        try (StoresProcess process = StoresProcess.start(data)) {
            process.database().execute(MAKE);

            process.kill();

            Processes.awaitEnd(process.postgresPid());
            Processes.awaitEnd(process.redisPid());
        }

        assertThatDataIsKept();
    }

    @Test
    void shouldEndLeftoversAtTheNextStartWhenGuardiansWereKilledToo() throws Exception {
        try (StoresProcess process = StoresProcess.start(data)) {
            final List<ProcessHandle> guardians = process.guardians();
            assertThat(guardians).hasSize(2);
            process.database().execute(MAKE);
            guardians.forEach(ProcessHandle::destroyForcibly);
            process.kill();
            assertThat(Processes.isRunning(process.postgresPid())).isTrue();
            assertThat(Processes.isRunning(process.redisPid())).isTrue();

            assertThatDataIsKept();

            assertThat(Processes.isRunning(process.postgresPid())).isFalse();
            assertThat(Processes.isRunning(process.redisPid())).isFalse();
        }
    }

    @Test
    void shouldEndStoresInOrderWhenOnlyTheirGuardiansWereKilled() throws Exception {
        final long postgres;
        final long redis;
        try (EmbeddedStores stores = EmbeddedStores.start(data, EnumSet.allOf(Store.class))) {
            postgres = stores.postgres().orElseThrow().pid();
            redis = stores.redis().orElseThrow().pid();
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        }

        assertThat(Processes.isRunning(postgres)).isFalse();
        assertThat(Processes.isRunning(redis)).isFalse();
    }

    @Test
    void shouldOutliveTheirProcessWhenTerminalInterruptsThemAll() throws Exception {
        try (StoresProcess process = StoresProcess.start(data)) {
            process.interruptGroup();

            assertThat(process.readAnswer()).isEqualTo("answers with 2 guardians");
            assertThat(process.readAnswer()).isEqualTo("stopped");
            assertThat(Processes.isRunning(process.postgresPid())).isFalse();
            assertThat(Processes.isRunning(process.redisPid())).isFalse();
        }
    }

    @Test
    void shouldRefuseAndLeaveThemRunningWhenTheirOwnerIsAlive() throws Exception {
        try (StoresProcess process = StoresProcess.start(data)) {
            assertThatThrownBy(() -> EmbeddedStores.start(data, EnumSet.allOf(Store.class)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another process");

            assertThat(process.database().query("SELECT 1")).isEqualTo("1");
        }
    }

    private void assertThatDataIsKept() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.start(data, EnumSet.allOf(Store.class))) {
            final Database database = new Database(stores.postgres().orElseThrow());
            assertThat(database.query("SELECT answer FROM kept")).isEqualTo("42");
        }
    }
}
