package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults 18 and 32: a stop ends in order, and ends, whatever the disk and the clients do. */
@Timeout(300)
class StopTest {
    @TempDir
    private Path data;

    @TempDir
    private Path copies;

    private final FaultyFiles files = new FaultyFiles(JournalFiles.real());

    private HoldfastServer start() throws Exception {
        final HoldfastServer server = HoldfastServer.start(ServerFixture.config(data), files, () -> {});
        assertThat(ServerFixture.createDrop(server, "d").statusCode()).isEqualTo(201);
        return server;
    }

    @Test
    void shouldAnswerWhatASlowSyncHeldUpAndThenStop() throws Exception {
        final HoldfastServer server = start();
        final BlockedSyncs disk = new BlockedSyncs(files);
        final CompletableFuture<HttpResponse<String>> bought = ServerFixture.buy(server, "d", "b-1");
        disk.awaitBegun();

        server.stop();
        server.stop();
        await().until(() -> ServerFixture.management(server, "/readyz").body().contains("draining"));
        assertThat(bought).isNotDone();
        disk.release();

        assertThat(bought.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
        assertThat(server.awaitStop()).isTrue();
        try (Journal journal = Journal.open(JournalConfig.defaults(data), JournalFiles.real())) {
            assertThat(journal.recovery().isCleanlyClosed()).isTrue();
        }
    }

    @Test
    void shouldLeaveTheJournalToItsWriterWhenTheDiskDoesNotComeBack() throws Exception {
        final HoldfastServer server = start();
        final BlockedSyncs disk = new BlockedSyncs(files);
        ServerFixture.buy(server, "d", "b-1");
        disk.awaitBegun();

        server.stop();
        final boolean isClean = server.awaitStop();
        copyJournal("while-stuck");
        disk.release();

        assertThat(isClean).isFalse();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("holdfast-writer") && thread.isAlive()));
        copyJournal("afterwards");
        for (final String copy : List.of("while-stuck", "afterwards")) {
            try (Journal journal = Journal.open(JournalConfig.defaults(copies.resolve(copy)), JournalFiles.real())) {
                assertThat(journal.recovery().lastSequence()).as(copy).isEqualTo(4);
                assertThat(journal.recovery().isCleanlyClosed()).as(copy).isFalse();
            }
        }
    }

    private void copyJournal(final String name) throws IOException {
        final Path target = Files.createDirectories(copies.resolve(name).resolve("journal"));
        try (Stream<Path> segments = Files.list(data.resolve("journal"))) {
            for (final Path segment : segments.toList()) {
                Files.copy(segment, target.resolve(segment.getFileName()));
            }
        }
    }

    @Test
    void shouldStopInOrderThoughAClientNeverEndsItsRequest() throws Exception {
        final HoldfastServer server = start();
        try (Socket stuck = new Socket(server.service().host(), server.service().port())) {
            stuck.getOutputStream()
                    .write("POST /v1/drops/d/holds HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(ServerFixture.buy(server, "d", "b-1")
                            .get(20, TimeUnit.SECONDS)
                            .statusCode())
                    .isEqualTo(201);

            server.stop();

            assertThat(server.awaitStop()).isTrue();
        }
        try (Journal journal = Journal.open(JournalConfig.defaults(data), JournalFiles.real())) {
            assertThat(journal.recovery().isCleanlyClosed()).isTrue();
        }
    }
}
