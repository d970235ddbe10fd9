package io.holdfast.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Command;
import io.holdfast.journal.JournalCorruptException;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.journal.Retention;
import io.holdfast.settlement.log.SampleLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal tools make of a journal whose beginning was deleted, or moved to an archive. */
class TrimmedHistoryTest {
    private static final int SEGMENT_LENGTH = 256 * 1024;
    private static final int PER_PART = 1_100;

    @TempDir
    private Path directory;

    private final List<String> said = new ArrayList<>();
    private Path data;
    private Path archive;
    private SampleLog journal;
    private int holds;

    /** Three parts, a snapshot between each two of them. */
    @BeforeEach
    void writeJournal() {
        data = directory.resolve("data");
        archive = directory.resolve("archive");
        journal = SampleLog.create(data, SEGMENT_LENGTH).run("create berlin GA=100000@4500 EUR");
        sell();
        journal.snapshot();
        sell();
        journal.snapshot();
        sell();
    }

    private void sell() {
        for (int i = 0; i < PER_PART; i++) {
            final int hold = ++holds;
            journal.driver().advance(400);
            journal.add(Command.of("place h" + hold + " berlin buyer-" + hold % 50 + " GA:1 key=k" + hold));
            if (hold % 3 != 0) {
                journal.add(
                        Command.of(hold % 3 == 1 ? "pay p" + hold + " h" + hold + " 4500 EUR" : "release h" + hold));
            }
        }
        journal.commit();
    }

    /** Takes away all segments below the oldest snapshot; returns how many. */
    private int trim(final Optional<Path> to) {
        final var kept = journal.log().snapshots();
        final Retention retention = new Retention(journal.journal(), 0, to);
        int count = 0;
        while (retention.trimOne(kept.get(kept.size() - 1).position())) {
            count++;
        }
        return count;
    }

    private long sequence() {
        return journal.driver().sequence();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private String tell(final Optional<Path> from, final BiConsumer<History, Output> tool) {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        tool.accept(new History(data, from, Progress.silent(), said::add), new Output(printed));
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String verify(final Optional<Path> from) {
        return tell(from, (history, output) -> new Verifier(output).run(history));
    }

    private String replay(final Optional<Path> from, final String until) {
        return tell(from, (history, output) -> new Replay(output, Moment.parse(until)).run(history, false));
    }

    private String verdict(final long records) {
        return String.format(
                "verified %d records, state hash %016x: sold + held never above capacity%n",
                records, journal.driver().core().stateHash());
    }

    private List<Path> snapshots() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
            return files.sorted().toList();
        }
    }

    private long sequenceOf(final Path snapshot) {
        return Long.parseLong(snapshot.getFileName().toString().replace(".snap", ""));
    }

    private static void damage(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void shouldVerifyFromTheOldestSnapshotWhenTheBeginningIsGone() throws IOException {
        assertThat(trim(Optional.empty())).isPositive();
        final long from = sequenceOf(snapshots().get(0));

        assertThat(verify(Optional.empty())).isEqualTo(verdict(sequence() - from));

        assertThat(said).singleElement().asString().contains("went on from the snapshot of sequence " + from);
    }

    @Test
    void shouldPassOverASnapshotThatIsDamaged() throws IOException {
        trim(Optional.empty());
        damage(snapshots().get(0));
        final long from = sequenceOf(snapshots().get(1));

        assertThat(verify(Optional.empty())).isEqualTo(verdict(sequence() - from));

        assertThat(said).hasSize(2);
        assertThat(said.get(0)).contains("passed over").contains("checksum");
    }

    @Test
    void shouldSayThatNoStateIsLeftWhenNoSnapshotIsWhole() throws IOException {
        trim(Optional.empty());
        damage(snapshots().get(0));
        damage(snapshots().get(1));

        assertThatThrownBy(() -> verify(Optional.empty()))
                .isExactlyInstanceOf(JournalRefusedException.class)
                .hasMessageContaining("no snapshot to go on from")
                .hasMessageContaining("--archive-dir");
    }

    @Test
    void shouldVerifyAllOfItWithTheArchive() {
        assertThat(trim(Optional.of(archive))).isPositive();

        assertThat(verify(Optional.of(archive))).isEqualTo(verdict(sequence()));

        assertThat(said).isEmpty();
    }

    @Test
    void shouldNameTheFileWhenTheArchiveIsDamaged() throws IOException {
        trim(Optional.of(archive));
        final Path first = archive.resolve("00000000000000000000.log");
        damage(first);

        assertThatThrownBy(() -> verify(Optional.of(archive)))
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageContaining(first.toString());
    }

    @Test
    void shouldReplayWhatCanBeReachedAndRefuseWhatIsEarlier() throws IOException {
        final String whole = replay(Optional.empty(), Long.toString(sequence() - 5));
        final String early = replay(Optional.empty(), "100");
        trim(Optional.of(archive));

        assertThat(replay(Optional.empty(), Long.toString(sequence() - 5))).isEqualTo(whole);
        assertThat(replay(Optional.of(archive), "100")).isEqualTo(early);
        assertThatThrownBy(() -> replay(Optional.empty(), "100"))
                .isExactlyInstanceOf(JournalRefusedException.class)
                .hasMessageContaining("the oldest state that can be reached is that of sequence "
                        + sequenceOf(snapshots().get(0)));
        assertThatThrownBy(() -> replay(Optional.empty(), "2096-10-02T07:06:41Z"))
                .hasMessageContaining("later than what was asked for");
    }

    @Test
    void shouldCountAndPrintFromTheOldestKeptAndFromTheArchive() {
        final int trimmed = trim(Optional.of(archive));
        final BiConsumer<History, Output> stat = (history, output) -> {
            try (JournalScan scan = history.openOldest()) {
                new Statistics(output).run(scan, true);
            }
        };

        final String kept = tell(Optional.empty(), stat);
        final String all = tell(Optional.of(archive), stat);

        assertThat(kept).contains("\"firstPosition\":" + (long) trimmed * SEGMENT_LENGTH);
        assertThat(kept).doesNotContain("\"records\":" + sequence());
        assertThat(all).contains("\"firstPosition\":0,").contains("\"records\":" + sequence());
    }
}
