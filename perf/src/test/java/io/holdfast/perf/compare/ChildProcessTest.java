package io.holdfast.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("ready (\\d+)");

    @TempDir
    Path directory;

    @Test
    void shouldLeaveNothingWhenItIsClosed() throws Exception {
        final Path home = Files.createDirectories(directory.resolve("run/child"));
        final ChildProcess child = start(home, "touch \"$HOME_OF_CHILD/file\"; echo ready 1; exec sleep 600");
        child.awaitSaid(READY, LONG);
        final long pid = child.pid();

        child.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void shouldEndWhenTheProcessThatStartedItIsKilled() throws Exception {
        final Path home = Files.createDirectories(directory.resolve("run/child"));
        final Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final long pid = Long.parseLong(parent.inputReader().readLine());
        assertThat(ProcessHandle.of(pid)).isPresent();

        parent.destroyForcibly().waitFor();

        Awaitility.await().atMost(LONG).until(() -> ProcessHandle.of(pid).isEmpty() && Files.notExists(home));
    }

    /** Starts a child, says who it is, and waits to be killed. */
    static final class Parent {
        private Parent() {}

        public static void main(final String[] arguments) throws Exception {
            final ChildProcess child = start(Path.of(arguments[0]), "echo ready 1; exec sleep 600");
            child.awaitSaid(READY, LONG);
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void shouldSayWhatItSaidWhenItEndsBeforeItIsReady() throws Exception {
        final Path home = Files.createDirectories(directory.resolve("run/child"));

        try (ChildProcess child = start(home, "echo port taken; exit 3")) {
            assertThatThrownBy(() -> child.awaitSaid(READY, LONG))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has ended")
                    .hasMessageContaining("port taken");
        }
    }

    @Test
    void shouldKeepOurVariablesFromItButTheJvmsFlags() throws Exception {
        final Path home = Files.createDirectories(directory.resolve("run/child"));
        final Map<String, String> variables = Map.of("HOLDFAST_API_KEY", "key", "HOME_OF_CHILD", home.toString());

        try (ChildProcess child = ChildProcess.start(
                home, List.of("sh", "-c", "echo \"ready 1 $HOLDFAST_API_KEY\"; exec sleep 600"), variables)) {
            assertThat(child.awaitSaid(Pattern.compile("ready 1 (.*)"), LONG).group(1))
                    .isEqualTo("key");
        }
    }

    private static ChildProcess start(final Path home, final String script) throws IOException {
        return ChildProcess.start(home, List.of("sh", "-c", script), Map.of("HOME_OF_CHILD", home.toString()));
    }
}
