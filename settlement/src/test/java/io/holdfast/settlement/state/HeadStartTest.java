package io.holdfast.settlement.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.MessageSink;
import io.holdfast.core.StateMachine;
import io.holdfast.core.store.SlabSource;
import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.JournalFiles;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.LogSnapshot;
import io.holdfast.settlement.log.SampleLog;
import io.holdfast.settlement.log.UncheckedLogException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that is loaded ahead is used when it is the very one, and never else; what fails there is loaded again. */
@Timeout(300)
class HeadStartTest {
    @TempDir
    private Path directory;

    private final FaultyFiles files = new FaultyFiles(JournalFiles.real());
    private SampleLog sample;

    @BeforeEach
    void sell() {
        sample = SampleLog.create(directory.resolve("sample"))
                .run("create berlin GA=50@4500 EUR")
                .run("place h1 berlin alice GA:2 key=k1")
                .snapshot()
                .run("place h2 berlin bob GA:2 key=k2")
                .snapshot()
                .run("place h3 berlin carol GA:1 key=k3", "release h1 drop=berlin buyer=alice");
    }

    @AfterEach
    void shouldLeaveNoThread() {
        sample.close();
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("holdfast-head-start")));
    }

    private HeadStart begin(final Path data) {
        return HeadStart.begin(data, files, 5, SlabSource.growing());
    }

    private LogSnapshot newest() {
        return sample.log().snapshots().get(0);
    }

    private void requireSameState(final HeadStart headStart) {
        requireSameState(sample.log(), headStart);
    }

    private void requireSameState(final CommittedLog log, final HeadStart headStart) {
        final StateMachine recovered = new StateRecovery(log, headStart, count -> {}).recover();

        assertThat(recovered.sequence()).isEqualTo(sample.driver().core().sequence());
        assertThat(recovered.stateHash()).isEqualTo(sample.driver().core().stateHash());
    }

    @Test
    void shouldHandOverTheVerySnapshotOnce() {
        try (HeadStart headStart = begin(sample.data())) {
            final Optional<StateMachine> taken = headStart.take(sample.log().id(), newest());

            assertThat(taken.orElseThrow().isLoaded()).isTrue();
            assertThat(taken.orElseThrow().sequence()).isEqualTo(newest().sequence());
            assertThat(headStart.take(sample.log().id(), newest())).isEmpty();
        }
    }

    @Test
    void shouldNotReadTheSnapshotAgainWhenItWasLoadedAhead() {
        try (HeadStart headStart = begin(sample.data())) {
            requireSameState(unreadable(), headStart);
        }
    }

    @Test
    void shouldNotUseTheSnapshotOfAnotherJournal() {
        final Path other = directory.resolve("other");
        try (SampleLog alien = SampleLog.create(other)
                .run("create berlin GA=70@4500 EUR")
                .run("place h9 berlin zoe GA:2 key=k9", "place h8 berlin yan GA:1 key=k8")
                .snapshot()) {
            assertThat(alien.log().snapshots().get(0).sequence()).isEqualTo(newest().sequence());
        }
        try (HeadStart headStart = begin(other)) {
            requireSameState(headStart);
        }
    }

    @Test
    void shouldNotUseAnOlderSnapshotThanTheRecoveryWould() {
        final Path older = directory.resolve("older");
        sample.copyTo(older);
        sample.run("place h4 berlin dave GA:1 key=k4").snapshot();

        try (HeadStart headStart = begin(older)) {
            assertThat(headStart.take(sample.log().id(), newest())).isEmpty();
        }
        try (HeadStart headStart = begin(older)) {
            requireSameState(headStart);
        }
    }

    @Test
    void shouldLeaveItToTheRecoveryWhenTheDiskRefused() {
        files.onOpenToRead(path -> {
            throw new UncheckedIOException(new IOException("Input/output error"));
        });

        try (HeadStart headStart = begin(sample.data())) {
            requireSameState(headStart);
        }
    }

    @Test
    void shouldLeaveItToTheRecoveryWhenTheNewestIsDamaged() throws IOException {
        final Path damaged = snapshotFile();
        try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
            file.seek(file.length() / 2);
            final int old = file.read();
            file.seek(file.length() / 2);
            file.write(old ^ 0x10);
        }

        try (HeadStart headStart = begin(sample.data())) {
            requireSameState(headStart);
        }
    }

    private Path snapshotFile() throws IOException {
        try (Stream<Path> all = Files.list(sample.data().resolve("snapshots"))) {
            return all.sorted().reduce((older, newer) -> newer).orElseThrow();
        }
    }

    @Test
    void shouldLeaveItToTheRecoveryWhenThereIsNoSnapshot() {
        try (HeadStart headStart = begin(directory.resolve("nowhere"))) {
            requireSameState(headStart);
        }
    }

    @Test
    void shouldGiveUpAndWaitForTheThreadWhenClosed() throws InterruptedException {
        final int headers = sample.log().snapshots().size();
        final AtomicInteger opened = new AtomicInteger();
        final CountDownLatch mayRead = new CountDownLatch(1);
        files.onOpenToRead(path -> {
            if (opened.incrementAndGet() > headers) {
                await(mayRead);
            }
        });
        final HeadStart headStart = begin(sample.data());
        Awaitility.await().until(() -> opened.get() > headers);

        final Thread closing = new Thread(headStart::close);
        closing.start();
        Awaitility.await().until(() -> closing.getState() == Thread.State.WAITING);
        mayRead.countDown();
        closing.join();

        assertThat(headStart.take(sample.log().id(), newest())).isEmpty();
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Snapshots can be listed, and not be read; and history alone leads nowhere. */
    private CommittedLog unreadable() {
        return new AlteredLog(
                sample.log(),
                all -> all.stream().<LogSnapshot>map(UnreadableSnapshot::new).toList(),
                CommittedLog.BEGINNING + 1);
    }

    private record UnreadableSnapshot(LogSnapshot snapshot) implements LogSnapshot {
        @Override
        public long sequence() {
            return snapshot.sequence();
        }

        @Override
        public long position() {
            return snapshot.position();
        }

        @Override
        public long timeMs() {
            return snapshot.timeMs();
        }

        @Override
        public void read(final MessageSink entries) {
            throw new UncheckedLogException(new IOException("is read"));
        }
    }
}
