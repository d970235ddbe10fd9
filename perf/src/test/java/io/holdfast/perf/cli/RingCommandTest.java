package io.holdfast.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(300)
class RingCommandTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Exception> thrown = new ArrayList<>();

    @Test
    void shouldPrintJsonAndWriteThePageWhenRun() {
        final int status = run(
                "--rates",
                "500",
                "--spin-micros",
                "0",
                "--rounds",
                "1",
                "--seconds",
                "1",
                "--warmup-seconds",
                "0",
                "--producer-wait",
                "park",
                "--json");

        assertThat(thrown).isEmpty();
        assertThat(status).isZero();
        assertThat(data.toString(StandardCharsets.UTF_8))
                .startsWith("{\"benchmark\":\"ring\"")
                .endsWith("}\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no earlier run", "page: ");
        assertThat(directory.resolve("out/ring.html")).exists();
        assertThat(directory.resolve("history/history.jsonl")).exists();
    }

    @ParameterizedTest
    @CsvSource({
        "--rates, fast, 'fast' is not a number",
        "--rates, 0, 0 is not from 1",
        "--mixes, nothing, 'nothing' is none of granted",
        "--spin-micros, -1, -1 is not from 0",
        "--producer-wait, sleep, 'sleep' is neither park nor spin",
        "--producers, 65, 65 is not from 1 to 64",
        "--in-flight, 0, 0 is not from 1",
        "--rounds, 0, 0 is not from 1",
    })
    void shouldNameFlagAndValueWhenOneIsMalformed(final String flag, final String value, final String words) {
        run(flag, value);

        assertThat(thrown).singleElement().isInstanceOf(UsageException.class);
        assertThat(thrown.get(0)).hasMessageContaining(flag).hasMessageContaining(words);
        assertThat(Files.exists(directory.resolve("out"))).isFalse();
    }

    private int run(final String... arguments) {
        final Console console =
                new Console(data, new PrintStream(err, true, StandardCharsets.UTF_8), false, "./holdfast", Map.of());
        final List<String> all = new ArrayList<>(List.of(
                "--out",
                directory.resolve("out").toString(),
                "--history",
                directory.resolve("history").toString()));
        all.addAll(List.of(arguments));
        return new CommandLine(new RingCommand(console))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    thrown.add(failure);
                    return 1;
                })
                .execute(all.toArray(String[]::new));
    }
}
