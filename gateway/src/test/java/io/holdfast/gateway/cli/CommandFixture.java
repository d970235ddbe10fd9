package io.holdfast.gateway.cli;

import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.StartRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Command lines, run in this process, without a server: what they say, and what they would have started. */
abstract class CommandFixture {
    final Map<String, String> environment = new HashMap<>();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final List<ServerConfig> started = new ArrayList<>();

    @TempDir
    Path directory;

    boolean isStopClean = true;
    boolean isStartRefused;

    int run(final String... arguments) {
        final Console console =
                new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, "./holdfast", environment);
        return Main.run(arguments, console, this::start);
    }

    String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private RunningServer start(final ServerConfig config) throws StartRefusedException {
        started.add(config);
        if (isStartRefused) {
            throw new StartRefusedException("port taken");
        }
        return new StoppedServer(config, isStopClean);
    }

    /** A server that has run and stopped by the time it is waited for. */
    private record StoppedServer(ServerConfig config, boolean isClean) implements RunningServer {
        @Override
        public ServerConfig.Endpoint service() {
            return config.listeners().service();
        }

        @Override
        public ServerConfig.Endpoint management() {
            return config.listeners().management();
        }

        @Override
        public void stop() {}

        @Override
        public boolean awaitStop() {
            return isClean;
        }
    }
}
