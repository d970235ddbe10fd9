package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.HoldfastServer;
import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.StartRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Runs demos in this process, with a real server, and follows what they print. */
@Tag("slow")
final class DemoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern READY = Pattern.compile(
            "holdfast: serving (http://127\\.0\\.0\\.1:\\d+) \\(management http://127\\.0\\.0\\.1:\\d+\\)\n");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicReference<RunningServer> server = new AtomicReference<>();
    private final AtomicReference<Path> dataDirectory = new AtomicReference<>();
    private final AtomicReference<Consumer<ServerConfig>> beforeStart = new AtomicReference<>(config -> {});

    private String command = "./holdfast";

    /** Shared: a Postgres is set up for a second or more, and a demo goes on with what an earlier one left. */
    @TempDir
    private static Path directory;

    @Test
    void shouldGrantWhatItsOwnCurlLineAsksWhenItIsReady() throws IOException, InterruptedException {
        final CompletableFuture<Integer> demo =
                run("demo", "--port", "0", "--management-port", "0", "--data-dir", directory.toString());

        final String url = awaitReady();
        final HttpResponse<String> answer = placeHold(url);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("\"quantity\":2").contains("\"amountMinor\":9000");
        assertThat(stop(demo)).isEqualTo(ExitStatus.OK);
        assertThat(directory.resolve("journal")).isDirectory();
    }

    @Test
    void shouldHaveStoresThatAnswerWhereItsBannerSaysUntilItStops() throws SQLException {
        final CompletableFuture<Integer> demo =
                run("demo", "--port", "0", "--management-port", "0", "--data-dir", directory.toString());
        awaitReady();
        final Matcher reconcile = Pattern.compile("reconcile --data-dir (\\S+) --postgres-url (\\S+)"
                        + " --postgres-user (\\S+) --postgres-password (\\S+) --redis-url (\\S+)")
                .matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(reconcile.find()).isTrue();

        assertThat(reconcile.group(1)).isEqualTo(directory.toString());
        try (Connection postgres =
                        DriverManager.getConnection(reconcile.group(2), reconcile.group(3), reconcile.group(4));
                Jedis redis = new Jedis(URI.create(reconcile.group(5)))) {
            assertThat(postgres.isValid(10)).isTrue();
            assertThat(redis.ping()).isEqualTo("PONG");
        }

        assertThat(stop(demo)).isEqualTo(ExitStatus.OK);
        assertThatThrownBy(
                        () -> DriverManager.getConnection(reconcile.group(2), reconcile.group(3), reconcile.group(4)))
                .hasMessageContaining("refused");
        assertThat(directory.resolve("embedded/redis/redis.pid")).doesNotExist();
    }

    @Test
    void shouldComeUpAgainWhenItsDropIsThereAlready() throws IOException, InterruptedException {
        final String[] line = {"demo", "--port", "0", "--management-port", "0", "--data-dir", directory.toString()};
        final CompletableFuture<Integer> first = run(line);
        placeHold(awaitReady());
        stop(first);
        out.reset();
        err.reset();

        final CompletableFuture<Integer> second = run(line);

        assertThat(placeHold(awaitReady()).statusCode()).isEqualTo(201);
        assertThat(stop(second)).isEqualTo(ExitStatus.OK);
    }

    @Test
    void shouldDeleteItsTemporaryDirectoryWhenItStopsInOrder() {
        final CompletableFuture<Integer> demo = run("demo", "--port", "0", "--management-port", "0");
        awaitReady();
        assertThat(dataDirectory.get().resolve("journal")).isDirectory();

        assertThat(stop(demo)).isEqualTo(ExitStatus.OK);

        assertThat(dataDirectory.get()).doesNotExist();
    }

    @Test
    void shouldRefuseToStartWhenChosenPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final String port = Integer.toString(taken.getLocalPort());

            final int status =
                    run("demo", "--port", port, "--management-port", "0").join();

            assertThat(status).isEqualTo(ExitStatus.CANNOT_START);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains(port);
            assertThat(Files.exists(dataDirectory.get())).isFalse();
        }
    }

    @Test
    void shouldPrintLinesThatAShellTakesWhenPathsHaveSpaces() throws IOException, InterruptedException {
        final Path spaced = directory.resolve("buyer's data");
        command = "/opt/my tools/holdfast";
        final CompletableFuture<Integer> demo =
                run("demo", "--port", "0", "--management-port", "0", "--data-dir", spaced.toString());
        awaitReady();
        stop(demo);
        final Matcher line = Pattern.compile("with both:\\s+(.+ --data-dir .+) --postgres-url")
                .matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(line.find()).isTrue();

        final Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + line.group(1)).start();

        assertThat(shell.inputReader().lines()).containsExactly(command, "reconcile", "--data-dir", spaced.toString());
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void shouldTakeAnotherPortWhenAnotherDemoTakesItsDefaultMeanwhile() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            beforeStart.set(config -> take(config.listeners().management().port(), other));

            final CompletableFuture<Integer> demo = run("demo", "--port", "0", "--data-dir", directory.toString());
            awaitReady();

            assertThat(stop(demo)).isEqualTo(ExitStatus.OK);
        }
    }

    private static void take(final int port, final ServerSocket socket) {
        try {
            if (port != 0 && !socket.isBound()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Integer> run(final String... arguments) {
        final Console console =
                new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, command, Map.of());
        server.set(null);
        return CompletableFuture.supplyAsync(() -> Main.run(arguments, console, this::start));
    }

    private RunningServer start(final ServerConfig config) throws StartRefusedException {
        dataDirectory.set(config.storage().dataDirectory());
        beforeStart.get().accept(config);
        server.set(HoldfastServer.start(config));
        return server.get();
    }

    private String awaitReady() {
        await().atMost(PATIENCE)
                .until(() -> READY.matcher(err.toString(StandardCharsets.UTF_8)).find());
        final Matcher ready = READY.matcher(err.toString(StandardCharsets.UTF_8));
        assertThat(ready.find()).isTrue();
        return ready.group(1);
    }

    private int stop(final CompletableFuture<Integer> demo) {
        server.get().stop();
        return demo.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** What the printed curl line does. */
    private HttpResponse<String> placeHold(final String url) throws IOException, InterruptedException {
        final String printed = out.toString(StandardCharsets.UTF_8);
        final Matcher curl = Pattern.compile(
                        "curl -i (\\S+) -H 'Authorization: (\\S+ \\S+)' -H 'Content-Type: (\\S+)' -d '(.*)'")
                .matcher(printed);
        assertThat(curl.find()).as(printed).isTrue();
        assertThat(curl.group(1)).startsWith(url);
        final HttpRequest request = HttpRequest.newBuilder(URI.create(curl.group(1)))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(PATIENCE)
                .header("Authorization", curl.group(2))
                .header("Content-Type", curl.group(3))
                .POST(BodyPublishers.ofString(curl.group(4)))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
