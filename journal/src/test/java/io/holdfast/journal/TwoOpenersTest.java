package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault 22: of two openers of one directory the second is refused, in this process and in another. */
@Timeout(300)
class TwoOpenersTest {
    private static final int REFUSED = 3;
    private static final int OPENED = 0;

    @TempDir
    private Path data;

    /** What the other process runs. */
    static final class Opener {
        private Opener() {}

        public static void main(final String[] args) {
            int status = OPENED;
            try {
                Journal.open(Journals.config(Path.of(args[0])), JournalFiles.real())
                        .close();
            } catch (final JournalLockedException e) {
                status = REFUSED;
            }
            System.exit(status);
        }
    }

    private static int openInAnotherProcess(final Path directory) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void thenSecondIsRefused(final Path directory) {
        assertThatThrownBy(() -> Journal.open(Journals.config(directory), JournalFiles.real()))
                .isInstanceOf(JournalLockedException.class)
                .hasMessageContaining("lock")
                .hasMessageContaining("next step: ");
    }

    @Test
    void shouldRefuseTheSecondOpenerWhenItIsInThisProcess() {
        try (Journal first = Journals.started(data)) {
            thenSecondIsRefused(data);
            thenSecondIsRefused(data);
            Journals.appendAndCommit(first, 1, 1);
        }
        Journal.open(Journals.config(data), JournalFiles.real()).close();
    }

    @Test
    void shouldRefuseTheSecondOpenerWhenItComesByAnotherName() throws Exception {
        final Path link = data.resolve("link");
        final Path real = Files.createDirectory(data.resolve("real"));
        Files.createSymbolicLink(link, real);
        try (Journal first = Journals.started(real)) {
            thenSecondIsRefused(link);
            Journals.appendAndCommit(first, 1, 1);
        }
    }

    @Test
    void shouldRefuseAnotherProcessEvenWhenASecondOpenerHereWasRefusedBefore() throws Exception {
        try (Journal first = Journals.started(data)) {
            thenSecondIsRefused(data);
            try (JournalReader reader = JournalReader.open(data, JournalFiles.real(), 0)) {
                assertThat(Journals.readAll(reader)).isEmpty();
            }
            assertThat(openInAnotherProcess(data)).isEqualTo(REFUSED);
            Journals.appendAndCommit(first, 1, 1);
        }

        assertThat(openInAnotherProcess(data)).isEqualTo(OPENED);
    }

    @Test
    void shouldReleaseTheLockWhenOpeningIsRefused() throws Exception {
        Journals.started(data).close();
        final Path segment = data.resolve("journal/00000000000000000000.log");
        final byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, new byte[7]);
        assertThatThrownBy(() -> Journal.open(Journals.config(data), JournalFiles.real()))
                .isInstanceOf(JournalCorruptException.class);

        Files.write(segment, bytes);

        Journal.open(Journals.config(data), JournalFiles.real()).close();
    }
}
