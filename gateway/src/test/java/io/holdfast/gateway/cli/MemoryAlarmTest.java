package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lets real processes run out of memory, started with the pipe and the flags that the launcher gives them. */
final class MemoryAlarmTest {
    private static final String SCRIPT = "mkfifo \"$1\"; exec 9<>\"$1\"; shift; exec \"$@\"";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"heap", "direct"})
    @Timeout(300)
    void shouldExitWithHaltedWhenMemoryRunsOut(final String kind) throws IOException, InterruptedException {
        final Path err = directory.resolve("err");
        final List<String> command = List.of(
                "sh",
                "-c",
                SCRIPT,
                "sh",
                directory.resolve("alarm").toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:OnOutOfMemoryError=echo >&9",
                "-Dholdfast.outOfMemoryAlarm=/dev/fd/9",
                "-cp",
                System.getProperty("java.class.path"),
                Hungry.class.getName(),
                kind);

        final Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(ExitStatus.HALTED);
        assertThat(Files.readString(err, StandardCharsets.UTF_8)).contains("out of memory");
    }

    /** Takes all there is; on the heap it goes on as if nothing were wrong, as code that catches everything does. */
    static final class Hungry {
        private static final int CHUNK_LENGTH = 1 << 20;

        private Hungry() {}

        public static void main(final String[] arguments) throws IOException {
            MemoryAlarm.arm();
            final List<Object> kept = new ArrayList<>();
            int length = CHUNK_LENGTH;
            while (true) {
                if ("direct".equals(arguments[0])) {
                    kept.add(ByteBuffer.allocateDirect(CHUNK_LENGTH));
                } else {
                    try {
                        kept.add(new byte[length]);
                    } catch (final OutOfMemoryError e) {
                        length = Math.max(1, length / 2);
                    }
                }
            }
        }
    }
}
