package io.holdfast.gateway.cli;

import io.holdfast.gateway.HoldfastServer;
import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.ServerConfig.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the JVM watches to learn which classes a server needs: the launcher runs it once after a build, and keeps what was
 * loaded as an archive of classes that need not be read and verified again (ADR 0020).
 *
 * <p>A server starts twice on a directory of its own, the second time from the snapshot that the first left behind, and
 * answers a few requests. It listens on free ports of the loopback address, knows no store, and heeds no variable of the
 * environment, where the addresses of real stores may stand.
 */
public final class TrainingRun {
    private static final int RUNS = 2;
    private static final int MILLIS_MAX = 120_000;
    private static final String API_KEY = "api-key-of-the-training";
    private static final String ADMIN_KEY = "admin-key-of-the-training";
    private static final String DEFINITION = "{\"name\":\"Training\",\"skus\":[{\"sku\":\"GA\",\"capacity\":1,"
            + "\"priceMinor\":4500,\"currency\":\"EUR\"}]}";
    private static final String PRESS = "{\"buyer\":\"b-1\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}";
    private static final Pattern HOLD = Pattern.compile("\"hold\":\"([^\"]+)\"");

    private final Console console;

    /** What went wrong beside the thread that runs the server; null while nothing did. */
    private volatile RuntimeException fault;

    TrainingRun(final Console ofProcess) {
        this.console = new Console(ofProcess.data(), ofProcess.err(), false, ofProcess.command(), Map.of());
    }

    /** Exits with 0 when all went as it does in service. */
    public static void main(final String[] arguments) throws IOException {
        final Thread watch = new Thread(TrainingRun::haltWhenLate, "training-watch");
        watch.setDaemon(true);
        watch.start();
        System.exit(new TrainingRun(Console.ofProcess()).run());
    }

    /** Whatever hangs, whoever waits for the launcher is not to wait for ever. */
    private static void haltWhenLate() {
        try {
            Thread.sleep(MILLIS_MAX);
        } catch (final InterruptedException e) {
            return;
        }
        Runtime.getRuntime().halt(ExitStatus.HALTED);
    }

    /**
     * Runs the servers, one after the other.
     *
     * @return the last one's exit status
     */
    int run() throws IOException {
        final Path directory = Files.createTempDirectory("holdfast-training-");
        int status = ExitStatus.OK;
        try {
            for (int i = 0; i < RUNS && status == ExitStatus.OK; i++) {
                status = runServer("training-" + i, directory);
            }
        } finally {
            TemporaryDirectory.delete(directory, console);
        }
        if (fault != null) {
            throw fault;
        }
        return status;
    }

    private int runServer(final String drop, final Path directory) {
        final String[] arguments = {
            "serve",
            "--data-dir=" + directory,
            "--host=127.0.0.1",
            "--port=0",
            "--management-host=127.0.0.1",
            "--management-port=0",
            "--api-key=" + API_KEY,
            "--admin-key=" + ADMIN_KEY,
            "--payment-secret=secret-of-the-training",
            "--postgres-url=jdbc:postgresql://127.0.0.1:1/none",
            "--postgres-user=none",
            "--redis-url=redis://127.0.0.1:1"
        };
        return Main.run(arguments, console, config -> {
            final RunningServer server = HoldfastServer.start(config);
            new Thread(() -> use(server, drop), "training-requests").start();
            return server;
        });
    }

    private void use(final RunningServer server, final String drop) {
        try {
            requestAll(server, drop);
        } catch (final IOException e) {
            fault = new UncheckedIOException(e);
        } catch (final RuntimeException e) {
            fault = e;
        } finally {
            server.stop();
        }
    }

    private static void requestAll(final RunningServer server, final String drop) throws IOException {
        final Endpoint service = server.service();
        final String path = "/v1/drops/" + drop;
        send(service, "PUT " + path, DEFINITION, 201);
        final String held = send(service, "POST " + path + "/holds", PRESS, 201);
        send(service, "POST " + path + "/holds", PRESS.replace("b-1", "b-2"), 409); // sold out
        final Matcher hold = HOLD.matcher(held);
        if (!hold.find()) {
            throw new IllegalStateException("no hold in " + held);
        }
        send(service, "GET /v1/holds/" + hold.group(1), "", 200);
        send(service, "DELETE /v1/holds/" + hold.group(1), "", 204);
        send(service, "GET " + path, "", 200);
        for (final String probe : new String[] {"/readyz", "/metrics", "/status"}) {
            send(server.management(), "GET " + probe, "", 200);
        }
    }

    /** Sends one request on a connection of its own, and returns all that came back. */
    private static String send(final Endpoint to, final String what, final String body, final int expected)
            throws IOException {
        final String request =
                what + " HTTP/1.1\r\nHost: " + to.authority() + "\r\nConnection: close\r\nAuthorization: Bearer "
                        + (what.startsWith("PUT") ? ADMIN_KEY : API_KEY)
                        + "\r\nContent-Type: application/json\r\nIdempotency-Key: training\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(to.host(), to.port())) {
            socket.setSoTimeout(MILLIS_MAX);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            final String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 " + expected + " ")) {
                throw new IllegalStateException(what + ": " + answer);
            }
            return answer;
        }
    }
}
