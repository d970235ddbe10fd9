package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.ServerConfig.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code serve} from the outside: what flags, variables and files of secrets make of a server. */
final class ServeCommandTest extends CommandFixture {
    private static final String API_KEY = "api-key-of-16-bytes";
    private static final String ADMIN_KEY = "admin-key-of-16-bytes";
    private static final String POSTGRES = "--postgres-url=jdbc:postgresql://db:5432/holdfast";
    private static final String POSTGRES_USER = "--postgres-user=holdfast";
    private static final String REDIS = "--redis-url=redis://cache:6379";

    @Test
    void shouldRefuseToStartWhenKeysAreMissing() {
        assertThat(run("serve", "--api-key", API_KEY)).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(said())
                .contains("key missing: --admin-key (HOLDFAST_ADMIN_KEY), --payment-secret (HOLDFAST_PAYMENT_SECRET), "
                        + "--postgres-url (HOLDFAST_POSTGRES_URL), --postgres-user (HOLDFAST_POSTGRES_USER), "
                        + "--redis-url (HOLDFAST_REDIS_URL)")
                .doesNotContain(API_KEY);
    }

    @Test
    void shouldServeWhenAllThatProductionNeedsIsGiven() throws IOException {
        Files.writeString(directory.resolve("admin-key"), ADMIN_KEY + "\n");
        environment.put("HOLDFAST_API_KEY", API_KEY);
        environment.put(
                "HOLDFAST_ADMIN_KEY_FILE", directory.resolve("admin-key").toString());
        environment.put("HOLDFAST_PAYMENT_SECRET", "first-payment-secret,second-payment-secret");
        environment.put("HOLDFAST_POSTGRES_URL", "jdbc:postgresql://db:5432/holdfast");
        environment.put("HOLDFAST_POSTGRES_USER", "holdfast");
        environment.put("HOLDFAST_REDIS_URL", "redis://cache:6379");
        environment.put("HOLDFAST_PORT", "9000");
        environment.put("HOLDFAST_MANAGEMENT_PORT", "9001");
        environment.put("HOLDFAST_PRIVATE_STOCK", "true");
        environment.put("HOLDFAST_DISK_RESERVE", "1GiB");

        assertThat(run("serve", "--management-port", "9002")).isEqualTo(ExitStatus.OK);

        final ServerConfig config = started.get(0);
        assertThat(config.isDev()).isFalse();
        assertThat(config.listeners().service().port()).isEqualTo(9000);
        assertThat(config.listeners().management().port()).isEqualTo(9002);
        assertThat(config.credentials().apiKey()).isEqualTo(new Secret(API_KEY));
        assertThat(config.credentials().adminKey()).isEqualTo(new Secret(ADMIN_KEY));
        assertThat(config.credentials().paymentSecrets())
                .containsExactly(new Secret("first-payment-secret"), new Secret("second-payment-secret"));
        assertThat(config.limits().isStockPrivate()).isTrue();
        assertThat(config.limits().ringSize()).isEqualTo(65_536);
        assertThat(config.storage().diskReserveBytes()).isEqualTo(1L << 30);
        assertThat(config.storage().dataDirectory()).isEqualTo(Path.of("data"));
        assertThat(config.outside().postgres().orElseThrow().user()).isEqualTo("holdfast");
        assertThat(said())
                .contains("holdfast: serving http://127.0.0.1:9000 (management http://127.0.0.1:9002)\n")
                .doesNotContain(API_KEY)
                .doesNotContain("payment-secret,");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldSayWhichVariableIsSetWhenItsValueIsMalformed() {
        environment.put("HOLDFAST_PORT", "abc");

        assertThat(run("serve", "--dev")).isEqualTo(ExitStatus.USAGE);
        assertThat(said()).contains("--port").contains("HOLDFAST_PORT is set");
    }

    @Test
    void shouldRefuseToStartWhenSecretFileCannotBeRead() {
        environment.put("HOLDFAST_API_KEY_FILE", directory.resolve("absent").toString());

        assertThat(run("serve", "--dev")).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(said()).contains("HOLDFAST_API_KEY_FILE").contains("absent");
    }

    @Test
    void shouldRefuseToStartWhenSecretIsGivenTwice() throws IOException {
        Files.writeString(directory.resolve("key"), API_KEY);
        environment.put("HOLDFAST_API_KEY", API_KEY);
        environment.put("HOLDFAST_API_KEY_FILE", directory.resolve("key").toString());

        assertThat(run("serve", "--dev")).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(said()).contains("both set").doesNotContain(API_KEY);
    }

    @Test
    void shouldMakeAndTellOnlyMissingKeysWhenDev() {
        assertThat(run("serve", "--dev", "--api-key", API_KEY, POSTGRES, POSTGRES_USER, REDIS))
                .isEqualTo(ExitStatus.OK);

        final String said = said();
        assertThat(said)
                .contains("admin key made for this run: "
                        + started.get(0).credentials().adminKey().value())
                .doesNotContain("embedded")
                .doesNotContain(API_KEY);
    }

    @Test
    void shouldSayWhichFlagsHaveNoEffectWhenTheyAreGiven() {
        run(
                "serve",
                "--dev",
                POSTGRES,
                POSTGRES_USER,
                REDIS,
                "--webhook-url=https://x",
                "--retain-bytes=1GiB",
                "--accept-lost-tail");

        assertThat(said()).contains("without effect so far: --webhook-url without --webhook-secret\n");
    }

    @Test
    void shouldTellServerOfBuyersTokensAndPagesWhenTheyAreGiven() {
        environment.put("HOLDFAST_BUYER_TOKEN_SECRET", "a-buyer-token-secret-of-32-bytes");

        run(
                "serve",
                "--dev",
                POSTGRES,
                POSTGRES_USER,
                REDIS,
                "--cors-origin=https://Shop.Example:443, http://localhost:5173,http://[::1]:80,https://x:80");

        assertThat(started.get(0).credentials().buyerTokenSecret())
                .contains(new Secret("a-buyer-token-secret-of-32-bytes"));
        assertThat(started.get(0).listeners().corsOrigins())
                .containsExactly("https://shop.example", "http://localhost:5173", "http://[::1]", "https://x:80");
        assertThat(said()).doesNotContain("without effect").doesNotContain("buyer token secret");
    }

    @Test
    void shouldMakeABuyerTokenSecretForTryingOutOnly() {
        run("serve", "--dev", POSTGRES, POSTGRES_USER, REDIS);
        run(
                "serve",
                "--api-key=" + API_KEY,
                "--admin-key=" + ADMIN_KEY,
                "--payment-secret=payment-secret-of-16",
                POSTGRES,
                POSTGRES_USER,
                REDIS);

        final String made =
                started.get(0).credentials().buyerTokenSecret().orElseThrow().value();
        assertThat(made).hasSizeGreaterThan(32);
        assertThat(said()).contains("buyer token secret made for this run: " + made);
        assertThat(started.get(1).credentials().buyerTokenSecret()).isEmpty();
    }

    @Test
    void shouldTellServerOfEveryWebhookSecretWhenSeveralAreGiven() {
        final String old = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
        final String fresh = "whsec_NzY1NDMyMTBmZWRjYmE5ODc2NTQzMjEw";

        run(
                "serve",
                "--dev",
                POSTGRES,
                POSTGRES_USER,
                REDIS,
                "--webhook-url=https://x/hook",
                "--webhook-secret=" + fresh + "," + old);

        assertThat(started.get(0).outside().webhook())
                .contains(new ServerConfig.Webhook("https://x/hook", List.of(new Secret(fresh), new Secret(old))));
    }

    @Test
    void shouldTellServerOfArchiveAndWebhookWhenTheyAreGiven() {
        final String secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

        run(
                "serve",
                "--dev",
                POSTGRES,
                POSTGRES_USER,
                REDIS,
                "--archive-dir=old",
                "--webhook-url=https://x/hook",
                "--webhook-secret=" + secret);

        assertThat(started.get(0).storage().archiveDirectory()).contains(Path.of("old"));
        assertThat(started.get(0).outside().webhook())
                .contains(new ServerConfig.Webhook("https://x/hook", List.of(new Secret(secret))));
        assertThat(said()).doesNotContain("without effect");
    }

    @Test
    void shouldEmbedOnlyTheMissingStoreWhenDev() {
        assertThat(run("serve", "--dev", "--data-dir", directory.toString(), POSTGRES, POSTGRES_USER))
                .isEqualTo(ExitStatus.OK);

        final ServerConfig.Outside outside = started.get(0).outside();
        assertThat(outside.postgres().orElseThrow().url()).isEqualTo("jdbc:postgresql://db:5432/holdfast");
        assertThat(outside.redisUrl().orElseThrow().value()).startsWith("redis://default:");
        assertThat(said())
                .contains("starting Redis in ", "embedded Redis: redis-cli -u redis://default:")
                .doesNotContain("embedded Postgres");
        assertThat(directory.resolve("embedded/postgres")).doesNotExist();
        assertThat(directory.resolve("embedded/redis/redis.log")).exists();
        assertThat(directory.resolve("embedded/redis/redis.pid")).doesNotExist();
    }

    @Test
    void shouldStopEmbeddedStoresWhenServerDoesNotStart() {
        isStartRefused = true;

        assertThat(run("serve", "--dev", "--data-dir", directory.toString(), POSTGRES, POSTGRES_USER))
                .isEqualTo(ExitStatus.CANNOT_START);

        assertThat(directory.resolve("embedded/redis/redis.log")).exists();
        assertThat(directory.resolve("embedded/redis/redis.pid")).doesNotExist();
    }

    @Test
    void shouldRefuseToStartWhenEmbeddedStoreCannot() throws IOException {
        Files.createFile(directory.resolve("embedded"));

        assertThat(run("serve", "--dev", "--data-dir", directory.toString())).isEqualTo(ExitStatus.CANNOT_START);

        assertThat(said()).contains(directory.resolve("embedded").toString());
        assertThat(started).isEmpty();
    }

    @Test
    void shouldExitWithHaltedWhenServerHalts() {
        isStopClean = false;

        assertThat(run("serve", "--dev", POSTGRES, POSTGRES_USER, REDIS)).isEqualTo(ExitStatus.HALTED);
    }
}
