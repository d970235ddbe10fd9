package io.holdfast.gateway.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** The journal tools as processes of their own. */
final class JournalCheck {
    private JournalCheck() {}

    /** Requires {@code journal verify} to be content. */
    static void verify(final Path data) throws Exception {
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.holdfast.gateway.cli.Main",
                        "journal",
                        "verify",
                        "--data-dir=" + data)
                .redirectErrorStream(true)
                .start();
        final String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("verified \\d+ records, state hash [0-9a-f]{16}: sold \\+ held never above");
    }
}
