package io.holdfast.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands as users run them, with real stores and processes of their own, smoke-sized: counts, and never a time. */
@Tag("slow")
@Timeout(300)
final class FollowerCommandsTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Exception> thrown = new ArrayList<>();

    @Test
    void shouldSettleEveryOrderWithItsMessageWhenHistoryIsGone() throws IOException {
        final int status = run("settlement", "--orders", "10000", "--resync", "--webhooks", "--json");

        assertThat(thrown).isEmpty();
        assertThat(said(data))
                .startsWith("{\"benchmark\":\"settlement\"")
                .contains("\"from\":\"a snapshot\"", "\"heap MiB\":\"64\"", "\"commit\":")
                .contains("\"counts\":{\"orders\":10000,\"payments\":10000,\"order items\":10000,"
                        + "\"webhook messages\":10000,\"quarantined\":0},\"faults\":[]}\n");
        assertThat(status).isZero();
        assertNothingIsLeft();
    }

    @Test
    void shouldCompareEveryOrderWhenReconciling() throws IOException {
        final int status = run("reconcile", "--orders", "300");

        assertThat(thrown).isEmpty();
        assertThat(said(data))
                .containsPattern("compared orders +300\n")
                .containsPattern("compared payments +300\n")
                .containsPattern("differences +0\n")
                .contains("heap used at most", "measured under\n", "  heap MiB: 128\n", "  commit: ");
        assertThat(status).isZero();
        assertNothingIsLeft();
    }

    @Test
    void shouldSeeEveryHoldInRedisWhenMirroring() throws IOException {
        final int status = run("mirror", "--holds", "600", "--rate", "250", "--seconds", "1", "--json");

        assertThat(thrown).isEmpty();
        assertThat(said(data))
                .startsWith("{\"benchmark\":\"mirror\"")
                .contains(
                        "\"followed: holds in Redis\":600",
                        "\"from the log: holds in Redis\":600",
                        "\"from a snapshot: holds in Redis\":600",
                        "\"compared only: holds in Redis\":600",
                        "\"faults\":[]");
        assertThat(status).isZero();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "settlement, --orders 0, 0 is not from 1 to",
        "settlement, --orders 9999 --resync, 9999 are too few",
        "settlement, --heap-mib 8, 8 is not from 32",
        "reconcile, --orders 9000001, 9000001 is not from 1 to 9000000",
        "mirror, --rate 99, 99 is not from 100",
        "mirror, --seconds 0, 0 is not from 1",
        "mirror, --holds 50000, 50000 are placed within 10 s",
    })
    void shouldNameFlagAndValueWhenOneIsWrong(final String command, final String arguments, final String words)
            throws IOException {
        final String[] all = Stream.concat(Stream.of(command), Stream.of(arguments.split(" ")))
                .toArray(String[]::new);

        run(all);

        assertThat(thrown).singleElement().isInstanceOf(UsageException.class);
        assertThat(thrown.get(0)).hasMessageContaining(words).hasMessageContaining("--");
        assertNothingIsLeft();
    }

    private static String said(final ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    private int run(final String... arguments) {
        final Console console =
                new Console(data, new PrintStream(err, true, StandardCharsets.UTF_8), false, "./holdfast", Map.of());
        final CommandLine bench =
                (CommandLine) new PerfCommands().commands(console).get(0);
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data-dir=" + directory);
        return bench.setExecutionExceptionHandler((failure, command, parsed) -> {
                    thrown.add(failure);
                    return 1;
                })
                .execute(all.toArray(String[]::new));
    }
}
