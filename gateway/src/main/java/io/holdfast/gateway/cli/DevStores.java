package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.StartRefusedException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The stores that a server for trying out brings along, where none are named. It is told of them as of any others.
 *
 * <p>Their classes are in a directory of their own that production does not have; so this class may not need them to be
 * loaded itself. Started by one thread, closed by any.
 */
final class DevStores {
    private final Console console;

    /** Null until they are started; read by the thread that a signal starts. */
    private volatile EmbeddedOutside embedded;

    DevStores(final Console console) {
        this.console = console;
    }

    /** The same configuration with every store in it; those that are missing are started, once. */
    ServerConfig addTo(final ServerConfig config) throws StartRefusedException {
        if (config.outside().postgres().isPresent()
                && config.outside().redisUrl().isPresent()) {
            return config;
        }
        if (embedded == null) {
            try {
                embedded = EmbeddedOutside.start(config, console);
            } catch (final NoClassDefFoundError e) {
                throw new StartRefusedException(
                        "this installation has no embedded Postgres and Redis; next step: serve --dev with"
                                + " --postgres-url, --postgres-user and --redis-url",
                        e);
            }
        }
        return config.with(embedded.outside());
    }

    /** Where the embedded ones are, as lines for whoever wants to look into them. */
    List<String> made() {
        return embedded == null ? List.of() : embedded.made();
    }

    /** Stops those that were started; the guardian of each ends what this cannot. May be called more than once. */
    void close() {
        if (embedded != null) {
            try {
                embedded.close();
            } catch (final UncheckedIOException e) {
                console.say("an embedded store does not stop: " + e.getCause().getMessage());
            }
        }
    }
}
