package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.JournalFiles;
import io.holdfast.settlement.state.HeadStart;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults 12, 17 and 22 at a start: refused, with what to do next, and everything let go. */
@Timeout(300)
class StartRefusalTest {
    @TempDir
    private Path data;

    private final FaultyFiles files = new FaultyFiles(JournalFiles.real());

    /** Whatever was refused, the next start finds ports, lock and files free. */
    @AfterEach
    void shouldStartOnceTheCauseIsGone() throws Exception {
        files.fault(FaultyFiles.Fault.NONE);
        files.onOpenToRead(path -> {});
        files.reserve(0);
        final HoldfastServer server = start(ServerFixture.config(data));
        assertThat(ServerFixture.management(server, "/readyz").statusCode()).isEqualTo(200);
        server.stop();
        assertThat(server.awaitStop()).isTrue();
    }

    private HoldfastServer start(final ServerConfig config) throws StartRefusedException {
        return HoldfastServer.start(config, files, () -> {});
    }

    private void startAndStop() throws Exception {
        final HoldfastServer server = start(ServerFixture.config(data));
        server.stop();
        assertThat(server.awaitStop()).isTrue();
    }

    @Test
    void shouldRefuseAPostgresUrlThatOnlyTheDriverKnowsToBeNone() {
        final ServerConfig.Postgres none =
                new ServerConfig.Postgres("jdbc:postgresql://127.0.0.1:1/d%zz", "holdfast", Optional.empty());

        assertThatThrownBy(() -> start(ServerFixture.config(data, none, false)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("--postgres-url");
    }

    @Test
    void shouldRefuseASecondServerOnOneDirectory() throws Exception {
        final HoldfastServer first = start(ServerFixture.config(data));

        assertThatThrownBy(() -> start(ServerFixture.config(data)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContainingAll(data.toString(), "locked", "next step");

        assertThat(ServerFixture.createDrop(first, "d").statusCode()).isEqualTo(201);
        first.stop();
        assertThat(first.awaitStop()).isTrue();
    }

    @Test
    void shouldRefuseWhenAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            final int port = taken.getLocalPort();

            assertThatThrownBy(() -> start(ServerFixture.config(data, port, 0, 0)))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
            assertThatThrownBy(() -> start(ServerFixture.config(data, 0, port, 0)))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void shouldRefuseADamagedJournalNamingFileAndOffset() throws Exception {
        startAndStop();
        final Path segment = firstSegment();
        final byte[] sound = Files.readAllBytes(segment);
        damage(segment);

        assertThatThrownBy(() -> start(ServerFixture.config(data)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContainingAll(segment.toString(), "offset", "next step");

        Files.write(segment, sound);
    }

    @Test
    void shouldHaveGivenUpTheHeadStartWhenTheJournalIsRefused() throws Exception {
        startAndStop();
        final Path segment = firstSegment();
        final byte[] sound = Files.readAllBytes(segment);
        damage(segment);
        final Thread starter = Thread.currentThread();
        final AtomicBoolean wasAwaited = new AtomicBoolean();
        files.onOpenToRead(path -> {
            if (Thread.currentThread().getName().equals("holdfast-head-start")) {
                Awaitility.await().until(() -> isClosing(starter));
                wasAwaited.set(true);
            }
        });

        assertThatThrownBy(() -> start(ServerFixture.config(data)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(segment.toString());

        assertThat(wasAwaited).isTrue();
        Files.write(segment, sound);
    }

    private static boolean isClosing(final Thread starter) {
        return Stream.of(starter.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("close")
                        && frame.getClassName().equals(HeadStart.class.getName()));
    }

    private static void damage(final Path segment) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(4_096 + 600);
            file.write(0x5a);
        }
    }

    private Path firstSegment() throws IOException {
        try (Stream<Path> segments = Files.list(data.resolve("journal"))) {
            return segments.filter(path -> path.toString().endsWith(".log"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void shouldRefuseWhenTheStartCannotBeJournaled() throws Exception {
        startAndStop();
        files.fail(FaultyFiles.Operation.SYNC, ".log", "Input/output error");

        assertThatThrownBy(() -> start(ServerFixture.config(data)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("Input/output error");
    }

    @Test
    void shouldRefuseWhenTheDiskIsFullAtTheFirstStart() {
        files.fail(FaultyFiles.Operation.WRITE, ".tmp", "No space left on device");

        assertThatThrownBy(() -> start(ServerFixture.config(data)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContainingAll("No space left on device", "next step");
    }

    @Test
    void shouldStartFromAnotherSnapshotWhenTheNewestCannotBeRead() throws Exception {
        startAndStop();
        final Path snapshots = Files.createDirectories(data.resolve("snapshots"));
        final Path unreadable = Files.createDirectories(snapshots.resolve("00000000000000009999.snap"));

        startAndStop();

        Files.delete(unreadable);
    }
}
