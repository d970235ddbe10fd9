package io.holdfast.settlement.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.core.Command;
import io.holdfast.journal.SnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Fault 21, and what else a log says of what it does not have. */
class JournalLogTest {
    @TempDir
    private Path data;

    private SampleLog sample;

    @BeforeEach
    void sellWithASnapshot() {
        sample = SampleLog.create(data, 256 * 1024).run("create berlin GA=50000@4500 EUR");
        for (int i = 1; i < 2_000; i++) {
            sample.add(Command.of("place h" + i + " berlin buyer-" + i + " GA:1 key=k" + i));
        }
        sample.snapshot();
    }

    private Path snapshot() {
        return data.resolve(
                "snapshots/" + String.format("%020d.snap", sample.driver().sequence()));
    }

    private static void damage(final Path file, final int offset) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void shouldSayWhatIsWrongWhenNoSnapshotCanBeReadAndHistoryWasTrimmed() throws IOException {
        final Path snapshot = snapshot();
        try (SampleLog trimmed = sample) {
            assertThat(trimmed.trim(trimmed.log().newestSnapshot().orElseThrow().position()))
                    .isPositive();
            damage(snapshot, 1_000);

            // to be told that there is none would let a follower give up for good
            assertThatThrownBy(() -> trimmed.log().newestSnapshot())
                    .isInstanceOf(UncheckedLogException.class)
                    .hasMessageContaining(snapshot.getFileName().toString())
                    .hasMessageContaining("wrong checksum");
        }
    }

    @Test
    void shouldOfferNoSnapshotWhenItIsDamagedAndAllOfHistoryIsThere() throws IOException {
        try (SampleLog whole = sample) {
            damage(snapshot(), 1_000);

            assertThat(whole.log().newestSnapshot()).isEmpty();
        }
    }

    @Test
    void shouldReportASnapshotOfADamagedHeaderAtTheStart() throws IOException {
        final ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        final Logger logger = (Logger) LoggerFactory.getLogger(SnapshotStore.class);
        logger.addAppender(heard);
        try (SampleLog again = sample) {
            damage(snapshot(), 20);

            again.restart();

            assertThat(heard.list)
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .asString()
                    .contains("counts for nothing")
                    .contains(".snap at offset");
        } finally {
            logger.detachAppender(heard);
        }
    }

    @Test
    void shouldTellAPositionThatThereIsNotFromALogThatCannotBeRead() throws Exception {
        try (SampleLog log = sample) {
            final long end = log.journal().durablePosition();

            assertThatThrownBy(() -> log.log().follow(end + 8)).isInstanceOf(NoSuchPositionException.class);
            assertThatThrownBy(() -> log.log().follow(end - 8)).isInstanceOf(NoSuchPositionException.class);
            log.log().follow(end).close();
            final long base = end - end % (256 * 1024);
            damage(data.resolve("journal").resolve(String.format("%020d.log", base)), 4_096 + 200);
            assertThatThrownBy(() -> log.log().follow(end))
                    .isInstanceOf(UncheckedLogException.class)
                    .isNotInstanceOf(NoSuchPositionException.class);
        }
    }
}
