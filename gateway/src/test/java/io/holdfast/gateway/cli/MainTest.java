package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.ServerConfig.Secret;
import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.SampleJournal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MainTest {
    private static final String API_KEY = "api-key-of-16-bytes";
    private static final String ADMIN_KEY = "admin-key-of-16-bytes";
    private static final String POSTGRES = "--postgres-url=jdbc:postgresql://db:5432/holdfast";
    private static final String POSTGRES_USER = "--postgres-user=holdfast";
    private static final String REDIS = "--redis-url=redis://cache:6379";

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<ServerConfig> started = new ArrayList<>();

    private boolean isStopClean = true;
    private boolean isStartRefused;

    @TempDir
    private Path directory;

    @Test
    void shouldPrintVersionOnStandardOutputWhenAsked() {
        assertThat(run("--version")).isEqualTo(0);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("holdfast ");
        assertThat(err.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "help",
        "--help",
        "help serve",
        "serve --help",
        "demo --help",
        "journal --help",
        "journal stat --help",
        "journal print --help",
        "journal verify --help",
        "journal replay --help",
        "journal explain --help",
        "reconcile --help"
    })
    void shouldShowUsageOnStandardOutputWhenHelpIsAsked(final String line) {
        assertThat(run(line.split(" "))).isEqualTo(0);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: holdfast");
    }

    @Test
    void shouldKnowEveryFlagWhenServeIsAskedForHelp() {
        run("serve", "--help");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "--host",
                        "--port",
                        "--management-port",
                        "--management-host",
                        "--data-dir",
                        "--api-key",
                        "--admin-key",
                        "--payment-secret",
                        "--buyer-token-secret",
                        "--webhook-url",
                        "--webhook-secret",
                        "--cors-origin",
                        "--private-stock",
                        "--postgres-url",
                        "--postgres-user",
                        "--postgres-password",
                        "--redis-url",
                        "--tls-cert",
                        "--tls-key",
                        "--ring-size",
                        "--max-connections",
                        "--buyer-rate",
                        "--address-rate",
                        "--retain-bytes",
                        "--disk-reserve",
                        "--archive-dir",
                        "--accept-lost-tail",
                        "--dev");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "frobnicate",
        "serve --frobnicate",
        "serve --port abc",
        "serve --dev --port 70000",
        "serve --dev --ring-size 1000",
        "serve --dev --ring-size 512",
        "serve --dev --max-connections 0",
        "serve --dev --buyer-rate -1",
        "serve --dev --disk-reserve 5furlongs",
        "serve --dev --retain-bytes 1MiB",
        "serve --dev --postgres-url postgres://db/holdfast",
        "serve --dev --redis-url http://cache:6379",
        "serve --dev --redis-url redis://cache",
        "serve --dev --webhook-url ftp://x --webhook-secret whsec_AAAA",
        "serve --dev --webhook-url https:///hook --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
        "serve --dev --webhook-url https://x --webhook-secret secret",
        "serve --dev --webhook-url https://x --webhook-secret whsec_c2hvcnQ=",
        "serve --dev --webhook-url https://x --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3*",
        "serve --dev --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
        "'serve --dev --webhook-url https://x --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3,'",
        "'serve --dev --webhook-url https://x --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3,whsec_c2hvcnQ='",
        "serve --dev --postgres-url jdbc:postgresql://db:5432/holdfast",
        "serve --dev --data-dir x --archive-dir ./x",
        "serve --dev --cors-origin https://shop.example/path",
        "serve --dev --tls-cert cert.pem",
        "serve --dev --buyer-token-secret short",
        "serve --dev --api-key same --admin-key same",
        "serve --api-key short",
        "serve extra",
        "journal",
        "journal explain",
        "journal print --from yesterday",
        "journal print --hold 17",
        "journal frobnicate"
    })
    void shouldSayWrongUsageWhenCommandLineIsMalformed(final String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("holdfast: ");
        assertThat(out.size()).isZero();
        assertThat(started).isEmpty();
    }

    @Test
    void shouldRefuseToStartWhenKeysAreMissing() {
        assertThat(run("serve", "--api-key", API_KEY)).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(err.toString(StandardCharsets.UTF_8))
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
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("holdfast: serving http://127.0.0.1:9000 (management http://127.0.0.1:9002)\n")
                .doesNotContain(API_KEY)
                .doesNotContain("payment-secret,");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldSayWhichVariableIsSetWhenItsValueIsMalformed() {
        environment.put("HOLDFAST_PORT", "abc");

        assertThat(run("serve", "--dev")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--port").contains("HOLDFAST_PORT is set");
    }

    @Test
    void shouldRefuseToStartWhenSecretFileCannotBeRead() {
        environment.put("HOLDFAST_API_KEY_FILE", directory.resolve("absent").toString());

        assertThat(run("serve", "--dev")).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("HOLDFAST_API_KEY_FILE")
                .contains("absent");
    }

    @Test
    void shouldRefuseToStartWhenSecretIsGivenTwice() throws IOException {
        Files.writeString(directory.resolve("key"), API_KEY);
        environment.put("HOLDFAST_API_KEY", API_KEY);
        environment.put("HOLDFAST_API_KEY_FILE", directory.resolve("key").toString());

        assertThat(run("serve", "--dev")).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("both set").doesNotContain(API_KEY);
    }

    @Test
    void shouldMakeAndTellOnlyMissingKeysWhenDev() {
        assertThat(run("serve", "--dev", "--api-key", API_KEY, POSTGRES, POSTGRES_USER, REDIS))
                .isEqualTo(ExitStatus.OK);

        final String said = err.toString(StandardCharsets.UTF_8);
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
                "--cors-origin=https://shop.example",
                "--retain-bytes=1GiB",
                "--accept-lost-tail");

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("without effect so far: --webhook-url without --webhook-secret, --cors-origin\n");
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
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("without effect");
    }

    @Test
    void shouldEmbedOnlyTheMissingStoreWhenDev() {
        assertThat(run("serve", "--dev", "--data-dir", directory.toString(), POSTGRES, POSTGRES_USER))
                .isEqualTo(ExitStatus.OK);

        final ServerConfig.Outside outside = started.get(0).outside();
        assertThat(outside.postgres().orElseThrow().url()).isEqualTo("jdbc:postgresql://db:5432/holdfast");
        assertThat(outside.redisUrl().orElseThrow().value()).startsWith("redis://default:");
        assertThat(err.toString(StandardCharsets.UTF_8))
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

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(directory.resolve("embedded").toString());
        assertThat(started).isEmpty();
    }

    @Test
    void shouldExitWithHaltedWhenServerHalts() {
        isStopClean = false;

        assertThat(run("serve", "--dev", POSTGRES, POSTGRES_USER, REDIS)).isEqualTo(ExitStatus.HALTED);
    }

    @ParameterizedTest
    @CsvSource({"stat", "print", "verify", "replay", "explain --buyer b-1"})
    void shouldSayCannotStartWhenThereIsNoJournal(final String tool) {
        final String line = "journal " + tool + " --data-dir ";

        assertThat(run((line + directory).split(" "))).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(run((line + directory.resolve("absent")).split(" "))).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(directory.toString())
                .contains("next step");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldPrintVerdictWhenJournalOfEnvironmentIsVerified() {
        environment.put("HOLDFAST_DATA_DIR", directory.toString());
        try (SampleJournal journal = new SampleJournal(directory)) {
            journal.startServer().createDrop("d", 5, 0).placeHold(UUID.randomUUID(), "d", "b-1", 2);
        }

        assertThat(run("journal", "verify")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("verified 3 records, state hash [0-9a-f]{16}: sold \\+ held never above capacity\n");
        assertThat(err.size()).isZero();
    }

    @Test
    void shouldExitWithNoWhenVerificationFindsDamage() throws IOException {
        try (SampleJournal journal = new SampleJournal(directory)) {
            journal.startServer().createDrop("d", 5, 0).placeHold(UUID.randomUUID(), "d", "b-1", 2);
        }
        final Path segment = directory.resolve("journal/00000000000000000000.log");
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[4096 + 700] ^= 1;
        Files.write(segment, bytes);

        assertThat(run("journal", "verify", "--data-dir", directory.toString())).isEqualTo(ExitStatus.NO);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(segment.toString())
                .contains("offset");
        assertThat(out.size()).isZero();
    }

    private int run(final String... arguments) {
        final Console console =
                new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, environment);
        return Main.run(arguments, console, this::start);
    }

    private RunningServer start(final ServerConfig config) throws StartRefusedException {
        started.add(config);
        if (isStartRefused) {
            throw new StartRefusedException("port taken");
        }
        return new StoppedServer(config, isStopClean);
    }

    /** A server that has run and stopped by the time it is waited for. */
    private record StoppedServer(ServerConfig config, boolean isClean) implements RunningServer {
        @Override
        public ServerConfig.Endpoint service() {
            return config.listeners().service();
        }

        @Override
        public ServerConfig.Endpoint management() {
            return config.listeners().management();
        }

        @Override
        public void stop() {}

        @Override
        public boolean awaitStop() {
            return isClean;
        }
    }
}
