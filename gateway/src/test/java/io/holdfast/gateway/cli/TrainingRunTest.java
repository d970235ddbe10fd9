package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TrainingRunTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldServeTwiceOnLoopbackWhateverTheEnvironmentSaysAndLeaveNothingBehind() throws IOException {
        final Set<Path> before = directories();
        final Map<String, String> environment =
                Map.of("HOLDFAST_HOST", "0.0.0.0", "HOLDFAST_TLS_CERT", "none.pem", "HOLDFAST_STOCK", "wrong");
        final Console console = new Console(
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true,
                "./holdfast",
                environment);

        final int status = new TrainingRun(console).run();

        assertThat(status).isEqualTo(ExitStatus.OK);
        final String said = err.toString(StandardCharsets.UTF_8);
        assertThat(said.lines().filter(line -> line.startsWith("holdfast: serving http://127.0.0.1:")))
                .hasSize(2);
        assertThat(said).endsWith("holdfast: stopped\n");
        assertThat(directories()).isEqualTo(before);
    }

    private static Set<Path> directories() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("holdfast-training-"))
                    .collect(Collectors.toSet());
        }
    }
}
