package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 23: what format version 1 wrote reads the same forever. The files are never regenerated: two segments with three
 * starts, one of them after a crash, a spare, and a snapshot.
 */
class GoldenFileTest {
    private static final List<String> FILES = List.of(
            "journal/00000000000000000000.log",
            "journal/00000000000000008192.log",
            "journal/00000000000000016384.log",
            "snapshots/00000000000000000015.snap");

    @TempDir
    private Path data;

    private static Path golden(final String name) throws URISyntaxException {
        return Path.of(
                GoldenFileTest.class.getResource("/golden/format-1/" + name).toURI());
    }

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        for (final String name : FILES) {
            final Path target = data.resolve(name);
            Files.createDirectories(target.getParent());
            Files.copy(golden(name), target);
        }
    }

    private static RecordHandler collectInto(final List<String> records) {
        return (position, sequence, timeMs, buffer, offset, length) -> records.add(
                position + " " + sequence + " " + timeMs + " " + buffer.getStringWithoutLengthAscii(offset, length));
    }

    @Test
    void shouldReadTheSameRecordsAsEver() throws Exception {
        final List<String> expected = Files.readAllLines(golden("records.txt"));
        final List<String> read = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(data, JournalFiles.real(), 0)) {
            while (reader.poll(collectInto(read), 100) > 0) {
                // on
            }
            assertThat(reader.stat().toString())
                    .isEqualTo("JournalStat[journalId=4926934c-cd0b-450c-afc5-8ead2ffa56fc, segmentCount=3,"
                            + " firstPosition=0, position=14848, batchCount=11, openBatchCount=3, closeBatchCount=2,"
                            + " epoch=3, lastType=CLOSE, recordCount=15, lastSequence=16, lastTimeMs=1000048,"
                            + " isTailUnfinished=false]");
        }
        assertThat(read).hasSize(15).isEqualTo(expected);
    }

    @Test
    void shouldGoOnInTheOldJournal() throws Exception {
        final JournalConfig config = new JournalConfig(data, 8192, 2048, 0);
        try (Journal journal = Journal.open(config, JournalFiles.real())) {
            assertThat(journal.recovery().isCleanlyClosed()).isTrue();
            assertThat(journal.recovery().epoch()).isEqualTo(4);
            journal.start();
            Journals.appendAndCommit(journal, 17, 2);
        }
        final List<String> read = new ArrayList<>();
        try (Journal journal = Journal.open(config, JournalFiles.real())) {
            journal.replay(0, collectInto(read));
        }
        assertThat(read)
                .hasSize(17)
                .startsWith(Files.readAllLines(golden("records.txt")).toArray(String[]::new));
    }

    @Test
    void shouldReadTheSameSnapshotAsEver() {
        final SnapshotStore store = SnapshotStore.open(data, JournalFiles.real());
        final SnapshotMeta meta = store.newestWhole().newest().orElseThrow();
        assertThat(meta.toString())
                .isEqualTo("SnapshotMeta[journalId=4926934c-cd0b-450c-afc5-8ead2ffa56fc, sequence=15, position=14336,"
                        + " timeMs=1000045, rulesVersion=1, stateHash=1311768467294899695]");
        final List<String> chunks = new ArrayList<>();
        store.read(meta, (buffer, offset, length) -> chunks.add(buffer.getStringWithoutLengthAscii(offset, length)));
        assertThat(chunks).containsExactly("first chunk", "second");
    }

    @Test
    void shouldNotChangeTheFilesWhenReading() throws Exception {
        shouldReadTheSameRecordsAsEver();
        for (final String name : FILES) {
            assertThat(data.resolve(name)).hasSameBinaryContentAs(golden(name));
        }
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).as("no lock file made").hasSize(2);
        }
    }
}
