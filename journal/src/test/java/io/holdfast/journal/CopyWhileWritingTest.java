package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault 24: a plain copy taken while the journal is written is a clean prefix, or is refused. */
@Timeout(300)
class CopyWhileWritingTest {
    @TempDir
    private Path directory;

    @Test
    void shouldBeACleanPrefixOrRefusedWhenCopiedWhileWriting() throws Exception {
        final Path data = directory.resolve("data");
        final AtomicBoolean isOver = new AtomicBoolean();
        int prefixes = 0;
        try (Journal journal = Journals.started(data)) {
            final CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                for (int sequence = 1; !isOver.get(); sequence += 5) {
                    Journals.awaitRoom(journal);
                    Journals.appendAndCommit(journal, sequence, 5);
                }
            });
            for (int copy = 0; copy < 30; copy++) {
                final Path target = directory.resolve("copy-" + copy);
                final long durableBefore = journal.durableSequence();
                copy(data.resolve("journal"), Files.createDirectories(target.resolve("journal")));
                prefixes += isCleanPrefix(target, durableBefore) ? 1 : 0;
            }
            isOver.set(true);
            writing.get(20, TimeUnit.SECONDS);
        }
        System.out.println("copies that were clean prefixes: " + prefixes + " of 30");
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (final Path file : files) {
                try {
                    Files.copy(file, to.resolve(file.getFileName()));
                } catch (final NoSuchFileException e) {
                    assertThat(file.toString())
                            .as("only unfinished files go away")
                            .endsWith(".tmp");
                }
            }
        }
    }

    private static boolean isCleanPrefix(final Path copy, final long durableBefore) {
        final List<String> read;
        try (JournalReader reader = JournalReader.open(copy, JournalFiles.real(), 0)) {
            read = Journals.readAll(reader);
        } catch (final JournalRefusedException e) {
            Refusals.of(() -> Journal.open(Journals.config(copy), JournalFiles.real()));
            return false;
        }
        assertThat(read).isEqualTo(Journals.expected(1, read.size()));
        try (Journal journal = Journal.open(Journals.config(copy), JournalFiles.real())) {
            assertThat(Journals.replay(journal)).isEqualTo(read);
        }
        return true;
    }
}
