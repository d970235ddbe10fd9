package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.crash.ServerProcess.Launch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault 29: a server that runs out of memory under load exits with 4, and has lost nothing when it comes back. */
@Tag("slow")
@Timeout(300)
class OutOfMemoryTest {
    private static final String PLENTY =
            "{\"holdSeconds\":3600,\"maxHoldSeconds\":3600,\"skus\":[{\"sku\":\"GA\",\"capacity\":1000000}]}";

    @TempDir
    private Path data;

    @TempDir
    private Path pipes;

    private final Crowd crowd = new Crowd("d", 1_000_000, 32);

    /** As the launcher does: the JVM writes to a pipe, and a thread made beforehand halts. */
    @Test
    void shouldExitAndReplayWhenTheHeapIsUsedUp() throws Exception {
        final Launch launch = new Launch(
                List.of(
                        "sh",
                        "-c",
                        "mkfifo \"$1\"; exec 9<>\"$1\"; shift; exec \"$@\"",
                        "sh",
                        pipes.resolve("alarm").toString()),
                List.of(
                        "-Xmx28m",
                        "-XX:MaxDirectMemorySize=512m",
                        "-XX:OnOutOfMemoryError=echo >&9",
                        "-Dholdfast.outOfMemoryAlarm=/dev/fd/9"));

        pressUntilItEnds(launch);

        requireAcknowledged();
    }

    /** The holds lie outside the heap. */
    @Test
    void shouldExitAndReplayWhenTheStateHasNoRoomLeft() throws Exception {
        pressUntilItEnds(new Launch(List.of(), List.of("-Xmx256m", "-XX:MaxDirectMemorySize=24m")));

        requireAcknowledged();
    }

    /** Errors that Java code throws are seen by no flag of the JVM. */
    @Test
    void shouldExitWithHaltedWhenThereIsTooLittleDirectMemory() throws Exception {
        final Launch scarce = new Launch(List.of(), List.of("-Xmx256m", "-XX:MaxDirectMemorySize=3m"));

        final ServerProcess server = ServerProcess.start(scarce, data);

        assertThat(server.awaitExit()).as(server.log()).isEqualTo(4);
        assertThat(server.log()).contains("out of memory");
        final ServerProcess restarted = ServerProcess.start(data);
        restarted.port();
        assertThat(restarted.terminate()).isZero();
    }

    private void pressUntilItEnds(final Launch launch) throws Exception {
        final ServerProcess server = ServerProcess.start(launch, data);
        try (HttpClient client = new HttpClient(server.port())) {
            assertThat(client.operator("PUT", "/v1/drops/d", PLENTY).status()).isEqualTo(201);
        }
        crowd.press(server.port());
        assertThat(server.awaitExit()).as(server.log()).isEqualTo(4);
        assertThat(server.log()).contains("out of memory");
    }

    private void requireAcknowledged() throws Exception {
        final ServerProcess restarted = ServerProcess.start(data);
        try (HttpClient client = new HttpClient(restarted.port())) {
            assertThat(crowd.holds()).isNotEmpty();
            crowd.checkAcknowledged(client);
            assertThat(crowd.fault()).isNull();
        }
        assertThat(restarted.terminate()).isZero();
    }
}
