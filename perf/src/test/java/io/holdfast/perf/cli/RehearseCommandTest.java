package io.holdfast.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RehearseCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console =
            new Console(out, new PrintStream(new ByteArrayOutputStream()), false, "holdfast", Map.of());

    /** Runs a command, and throws what it throws. */
    private void run(final Object command, final String... arguments) throws Exception {
        final List<Exception> thrown = new ArrayList<>();
        new CommandLine(command)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    thrown.add(e);
                    return 1;
                })
                .execute(arguments);
        if (!thrown.isEmpty()) {
            throw thrown.get(0);
        }
    }

    /** 192.0.2.0/24 is nobody's (RFC 5737): nothing is sent there, since it is refused before. */
    @Test
    void shouldRefuseServerElsewhereUnlessItIsOwned() {
        for (final Object command : List.of(new RehearseCommand(console), new HttpCommand(console))) {
            assertThatThrownBy(() -> run(command, "--url=http://192.0.2.1:8080"))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("--i-own-this-server");
        }
    }

    @Test
    void shouldRefuseToStartWhenNobodyListens() throws Exception {
        final int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }

        assertThatThrownBy(() -> run(new RehearseCommand(console), "--url=http://127.0.0.1:" + port))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void shouldNameMissingKeysAndBoundsWhenUsedWrongly() throws Exception {
        try (ServerSocket listening = new ServerSocket(0)) {
            final String url = "--url=http://127.0.0.1:" + listening.getLocalPort();
            final String[] keys = {"--api-key=a", "--admin-key=b", "--payment-secret=c", "--warm-up=0"};

            assertThatThrownBy(() -> run(new RehearseCommand(console), url, "--api-key=a"))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("--admin-key (HOLDFAST_ADMIN_KEY), --payment-secret");
            for (final String wrong : new String[] {
                "--buyers=0", "--buyers=3000000", "--window=2h", "--stock=0", "--bots=200", "--pay=99", "--sku=a b"
            }) {
                assertThatThrownBy(
                                () -> run(new RehearseCommand(console), url, keys[0], keys[1], keys[2], keys[3], wrong))
                        .as(wrong)
                        .isInstanceOf(UsageException.class);
            }
        }
        assertThat(out.size()).isZero();
    }
}
