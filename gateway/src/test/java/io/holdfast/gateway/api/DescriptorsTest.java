package io.holdfast.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
    private static final int LIMIT = 300;
    private static final int CLIENTS = 500;

    @Test
    void shouldStopAcceptingAndStillOpenFilesWhenDescriptorsRunShort() throws Exception {
        assumeThat(Files.exists(Path.of("/bin/sh"))).isTrue();
        final Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n " + LIMIT + "; exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScarceDescriptors.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                OutputStream in = process.getOutputStream()) {
            final InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(out.readLine()));
            final List<HttpConnection> clients = connect(address);

            assertThat(clients.get(0).get("/nothing", null).status()).isEqualTo(404);
            await().atMost(Duration.ofSeconds(20)).until(() -> openedBeside(in, out) >= 50);
            assertThat(openedBeside(in, out)).isLessThan(LIMIT);

            final HttpConnection last = clients.get(CLIENTS - 1);
            last.send(HttpConnection.text("GET", "/nothing", null, null));
            for (final HttpConnection client : clients.subList(0, CLIENTS - 1)) {
                client.close();
            }
            assertThat(last.read().status()).isEqualTo(404);
            last.close();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Has the server open a file, and returns how many connections it held open beside. */
    private static int openedBeside(final OutputStream in, final BufferedReader out) throws IOException {
        in.write('\n');
        in.flush();
        final String opened = out.readLine();
        assertThat(opened).startsWith("opened ");
        return Integer.parseInt(opened.substring("opened ".length()));
    }

    private static List<HttpConnection> connect(final InetSocketAddress address) throws IOException {
        final List<HttpConnection> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new HttpConnection(address));
        }
        return clients;
    }
}
