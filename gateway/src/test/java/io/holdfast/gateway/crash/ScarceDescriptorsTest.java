package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.crash.ServerProcess.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault 58: more connections than file descriptors; the server lives, sells and journals. */
@Timeout(300)
class ScarceDescriptorsTest {
    private static final int CONNECTIONS = 600;

    @TempDir
    private Path data;

    @Test
    void shouldPauseAcceptingAndGoOnSelling() throws Exception {
        final Launch scarce = new Launch(List.of("sh", "-c", "ulimit -n 400; exec \"$@\"", "sh"), List.of("-Xmx512m"));
        final ServerProcess server = ServerProcess.start(scarce, data);
        final List<HttpClient> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(new HttpClient(server.port()));
        }

        assertThat(clients.get(0)
                        .operator("PUT", "/v1/drops/d", "{\"skus\":[{\"sku\":\"GA\",\"capacity\":10}]}")
                        .status())
                .isEqualTo(201);
        try (HttpClient management = new HttpClient(server.managementPort())) {
            assertThat(management.send("GET", "/readyz", "", "").status()).isEqualTo(200);
            assertThat(management.send("GET", "/metrics", "", "").status()).isEqualTo(200);
        }
        for (final HttpClient client : clients.subList(0, CONNECTIONS - 1)) {
            client.close();
        }
        final HttpClient last = clients.get(CONNECTIONS - 1);
        assertThat(last.buy("d", "b-1").status()).isEqualTo(201);
        last.close();

        assertThat(server.terminate()).as(server.log()).isZero();
        assertThat(server.log()).doesNotContain("Too many open files");
        JournalCheck.verify(data);
    }
}
