package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An installation as the image has it: without the embedded servers. */
@Timeout(300)
final class WithoutEmbeddedTest {
    @TempDir
    private Path directory;

    @Test
    void shouldRefuseAndNameTheFlagsWhenThereAreNoEmbeddedServers() throws IOException, InterruptedException {
        final String classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !entry.endsWith("/embedded/target/classes")
                        && !Path.of(entry).getFileName().toString().contains("embedded"))
                .collect(Collectors.joining(File.pathSeparator));

        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Main.class.getName(),
                        "demo",
                        "--port=0",
                        "--management-port=0",
                        "--data-dir=" + directory)
                .redirectErrorStream(true)
                .start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(said)
                .contains("no embedded Postgres and Redis", "--postgres-url", "--redis-url")
                .doesNotContain("NoClassDefFoundError");
    }
}
