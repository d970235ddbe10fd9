package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.load.HttpTarget;
import java.io.IOException;
import java.net.Socket;
import picocli.CommandLine.Option;

/** Which server is loaded, and whose it is. */
final class TargetOptions {
    private static final int CONNECT_TIMEOUT_MS = 3_000;

    @Option(names = "--url", required = true, paramLabel = "URL", description = "The server, http://HOST:PORT.")
    private String url;

    @Option(
            names = "--i-own-this-server",
            description = "Says that a server elsewhere than on this machine may be loaded.")
    private boolean isOwned;

    /** The target, when it may be loaded and somebody is there. */
    HttpTarget reachable() throws StartRefusedException {
        final HttpTarget target = checked();
        try (Socket socket = new Socket()) {
            socket.connect(target.address(), CONNECT_TIMEOUT_MS);
            return target;
        } catch (final IOException e) {
            throw new StartRefusedException(
                    target + " cannot be reached (" + e.getMessage() + "); next step: start it, or give another --url",
                    e);
        }
    }

    private HttpTarget checked() {
        final HttpTarget target;
        try {
            target = HttpTarget.of(url);
        } catch (final IllegalArgumentException e) {
            throw new UsageException("--url: " + e.getMessage());
        }
        if (!target.isLoopback() && !isOwned) {
            throw new UsageException(
                    "--url: " + target + " is not this machine, and a load like this takes a server down:"
                            + " give --i-own-this-server, if you do");
        }
        return target;
    }
}
