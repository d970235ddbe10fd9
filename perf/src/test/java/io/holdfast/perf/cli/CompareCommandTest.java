package io.holdfast.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CompareCommandTest {
    private static final Console CONSOLE = new Console(
            new ByteArrayOutputStream(),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            false,
            "./holdfast",
            Map.of("PATH", "/nowhere"));

    @Test
    void shouldSayWhatToInstallWhenWrkIsMissing() {
        assertThatThrownBy(() -> call("--rows", "drop,sold-out"))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("wrk is not installed")
                .hasMessageContaining("apt-get install wrk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rows=saturation,nothing",
                "--rows=open-0",
                "--sides=holdfast,nginx",
                "--sides=holdfast,holdfast",
                "--rounds=0",
                "--duration=500ms",
                "--users=0",
                "--idle-connections=100000000",
                "--redis-fsync=never"
            })
    void shouldNameTheFlagWhenItsValueIsWrong(final String argument) {
        final String flag = argument.substring(0, argument.indexOf('='));

        assertThatThrownBy(() -> call(argument))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(flag);
    }

    @Test
    void shouldNotShowPeersInHelp() {
        final CommandLine bench =
                (CommandLine) new PerfCommands().commands(CONSOLE).get(0);

        assertThat(bench.getUsageMessage()).contains("  compare ").doesNotContain("  peer ");
        assertThat(bench.getSubcommands()).containsKey("peer");
    }

    private static void call(final String... arguments) throws Exception {
        final CompareCommand command = new CompareCommand(CONSOLE);
        new CommandLine(command).parseArgs(arguments);
        command.call();
    }
}
