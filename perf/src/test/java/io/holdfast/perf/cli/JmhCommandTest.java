package io.holdfast.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(300)
class JmhCommandTest {
    private static final String[] SHORT = {
        "--forks", "1", "--warmup-iterations", "1", "--iterations", "1", "--iteration-ms", "100"
    };

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console =
            new Console(data, new PrintStream(err, true, StandardCharsets.UTF_8), false, "holdfast", Map.of());

    private Throwable failure;

    private int run(final String... arguments) {
        return new CommandLine(new JmhCommand(console))
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    failure = thrown;
                    return ExitStatus.USAGE;
                })
                .execute(arguments);
    }

    private static String[] with(final String[] arguments, final String... more) {
        final String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    private String output() {
        return data.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteFiguresAsTableAndAsJsonWhenMeasured(@TempDir final Path directory) throws Exception {
        // JMH lets one run in at a time, and another build may be at it.
        System.setProperty("jmh.ignoreLock", "true");
        final Path file = directory.resolve("figures.json");

        final int status = run(with(
                SHORT,
                "CoreHoldBenchmark.newBuyer",
                "--live-holds=5000",
                "--directory=" + directory,
                "--history=" + directory,
                "--json=" + file));

        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(ExitStatus.OK);
        assertThat(output())
                .containsPattern("CoreHoldBenchmark.newBuyer +liveHolds=5000 +\\d")
                .containsPattern("RingBenchmark.handOff +producers=MULTI_1 waiting=BUSY_SPIN .* 1\n")
                .contains("<= 150 ns");
        assertThat(directory).isDirectoryNotContaining("glob:**holdfast-jmh-*");
        assertThat(directory.resolve("history.jsonl")).isNotEmptyFile();
        assertThat(Files.readString(file))
                .contains(
                        "\"benchmark\":\"jmh\"",
                        "\"name\":\"CoreHoldBenchmark.newBuyer liveHolds=5000 time\"",
                        "\"gc.alloc.rate.norm\"",
                        "\"yardstickNs\":");
    }

    @Test
    void shouldNameBenchmarksWhenAsked() {
        assertThat(run("--list", "Journal")).isEqualTo(ExitStatus.OK);

        assertThat(output()).isEqualTo("JournalBenchmark.append\nJournalBenchmark.sync\nJournalBenchmark.write\n");
    }

    @Test
    void shouldRefuseWhenNothingBearsTheName() {
        assertThat(run("NoSuchThing")).isEqualTo(ExitStatus.USAGE);

        assertThat(failure).hasMessage("no benchmark has [NoSuchThing] in its name: --list names them all");
    }

    @Test
    void shouldRefuseWhenThePatternIsNone() {
        assertThat(run("Core[")).isEqualTo(ExitStatus.USAGE);

        assertThat(failure).hasMessageStartingWith("the pattern Core[ is not a regular expression");
    }

    @Test
    void shouldRefuseBeforeMeasuringWhenTheFileCannotBe(@TempDir final Path directory) {
        final Path file = directory.resolve("nowhere").resolve("figures.json");

        assertThat(run("Codec", "--json=" + file)).isEqualTo(ExitStatus.USAGE);

        assertThat(failure).hasMessageContaining("--json").hasMessageContaining("is in no directory");
    }

    @Test
    void shouldRefuseWhenACountIsOdd() {
        assertThat(run("Core", "--live-holds=5001")).isEqualTo(ExitStatus.USAGE);

        assertThat(failure).hasMessageContaining("5001 is not an even number from 5000 to 10000000");
    }
}
