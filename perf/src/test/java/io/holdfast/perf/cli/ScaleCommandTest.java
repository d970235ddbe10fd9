package io.holdfast.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.api.HttpEdge;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.compare.Comparison;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(300)
class ScaleCommandTest {
    /** Not the temporary directory, which may be in memory. */
    private static final Path DIRECTORY = Path.of("target", "scale").toAbsolutePath();

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int call(final String path, final String... arguments) throws Exception {
        final Console console = new Console(
                data, new PrintStream(err, true, StandardCharsets.UTF_8), false, "./holdfast", Map.of("PATH", path));
        final ScaleCommand command = new ScaleCommand(console);
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    @Test
    void shouldSayWhatToInstallWhenWrkIsMissing() {
        assertThatThrownBy(() -> call("/nowhere"))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("apt-get install wrk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--connections=64",
                "--connections=64,64",
                "--connections=0,64",
                "--connections=64,100000000",
                "--cores=0",
                "--cores=2,5000",
                "--rounds=0",
                "--duration=500ms",
                "--duration=0s",
                "--warm-up=2m"
            })
    void shouldNameTheFlagWhenItsValueIsWrong(final String argument) {
        assertThatThrownBy(() -> call("/nowhere", argument))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(argument.substring(0, argument.indexOf('=')));
    }

    /** The real thing, small: its figures mean nothing, its counts are right. */
    @Test
    void shouldMeasureEveryCountAndLeaveNothingWhenRun() throws Exception {
        final String path = System.getenv("PATH");
        assumeThat(Comparison.findWrk(path)).isPresent();

        final int status = call(
                path,
                "--connections=2,32",
                "--rounds=1",
                "--duration=1s",
                "--warm-up=0s",
                "--cores=2,8",
                "--json",
                "--data-dir=" + DIRECTORY);

        final String json = data.toString(StandardCharsets.UTF_8);
        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(ExitStatus.OK);
        final int loops = HttpEdge.eventLoopsFor(Runtime.getRuntime().availableProcessors());
        assertThat(values(json, "\"recordBytes\":[0-9.E]+,\"eventLoops\":(\\d+)"))
                .as("one sample each; an event loop is there from its first connection on")
                .hasSize(2)
                .last()
                .isEqualTo(Integer.toString(Math.min(loops, 32)));
        assertThat(values(json, "\"connections\":(\\d+),\"holdsPerSecond\":[1-9]"))
                .containsExactly("2", "32");
        assertThat(values(json, "\"connections\":(\\d+),\"measuredPerSecond\":[1-9]"))
                .containsExactly("2", "32");
        assertThat(values(json, "\"cores\":(\\d+),\"byDefault\"")).containsExactly("2", "8");
        for (final String stage : List.of("EVENT_LOOPS", "WRITER", "FOLLOWERS", "COMPILER", "STORES", "GENERATOR")) {
            assertThat(values(json, "\"" + stage + "\":([0-9.E-]+)"))
                    .as(stage)
                    .hasSize(2)
                    .allMatch(us -> Double.parseDouble(us) > 0);
        }
        try (Stream<Path> left = Files.list(DIRECTORY)) {
            assertThat(left).isEmpty();
        }
    }

    private static List<String> values(final String json, final String pattern) {
        return Pattern.compile(pattern)
                .matcher(json)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
