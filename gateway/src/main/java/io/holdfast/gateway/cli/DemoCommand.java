package io.holdfast.gateway.cli;

import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.ServerConfig.Credentials;
import io.holdfast.gateway.ServerConfig.Endpoint;
import io.holdfast.gateway.ServerConfig.Limits;
import io.holdfast.gateway.ServerConfig.Listeners;
import io.holdfast.gateway.ServerConfig.Outside;
import io.holdfast.gateway.ServerConfig.Storage;
import io.holdfast.gateway.StartRefusedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code demo}: a server with a drop in it, and no set-up.
 *
 * <p>It must come up on any machine at the first try, so it gives way where {@code serve} refuses: a default port that
 * is taken is replaced by a free one, and data goes to a directory of its own that is deleted after an orderly stop.
 * What was asked for by flag or variable is kept to.
 */
@Command(
        name = "demo",
        sortOptions = false,
        description = "Runs the server with a drop of 5,000 in it, and no set-up.",
        footer = {
            "",
            "A Postgres and a Redis of its own run with it, and end with it. Data goes to a new temporary",
            "directory, deleted after an orderly stop, unless --data-dir is given. Keys that are not given",
            "are made; all are printed. A default port that is taken is replaced by a free one. Ctrl-C stops",
            "it. Every flag is also an environment variable: --data-dir is HOLDFAST_DATA_DIR."
        })
final class DemoCommand implements Callable<Integer> {
    private final RunningServer.Starter starter;
    private final Console console;
    private final EnvironmentDefaults environment;

    @Mixin
    private ListenOptions listen;

    @Mixin
    private KeyOptions keys;

    @Mixin
    private StorageOptions storage;

    @Mixin
    private LimitOptions limits;

    @Mixin
    private HelpOption help;

    DemoCommand(final RunningServer.Starter starter, final Console console, final EnvironmentDefaults environment) {
        this.starter = starter;
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        environment.refuseProblems();
        final Listeners listeners = onFreePorts(listen.listeners(null));
        final Credentials credentials = keys.credentials(true);
        final Limits checkedLimits = limits.limits();
        final Storage given = storage.storage(Path.of("."));
        final boolean isTemporary = !storage.isDataDirectoryGiven();
        final Storage used = isTemporary ? given.in(TemporaryDirectory.create()) : given;
        final Outside outside = new Outside(Optional.empty(), Optional.empty(), Optional.empty());
        final ServerConfig config = new ServerConfig(true, listeners, credentials, checkedLimits, used, outside);
        final DevStores stores = new DevStores(console);
        final Runnable closing = () -> {
            stores.close();
            if (isTemporary) {
                TemporaryDirectory.delete(used.dataDirectory(), console);
            }
        };
        return new ServerRun(console)
                .run(
                        listeners.tls().isPresent(),
                        () -> start(stores.addTo(config)),
                        server -> open(server, stores.addTo(config), isTemporary),
                        closing);
    }

    /** The stores take seconds to start, and another demo may have taken a port by then. */
    private RunningServer start(final ServerConfig config) throws StartRefusedException {
        try {
            return starter.start(config);
        } catch (final StartRefusedException e) {
            final Listeners others = onFreePorts(config.listeners());
            if (others.equals(config.listeners())) {
                throw e;
            }
            return starter.start(config.with(others));
        }
    }

    private Listeners onFreePorts(final Listeners asked) {
        final Endpoint service = listen.isPortChosen() ? asked.service() : orFree(asked.service());
        final Endpoint management = listen.isManagementPortChosen() ? asked.management() : orFree(asked.management());
        return new Listeners(service, management, asked.tls(), asked.corsOrigins());
    }

    private Endpoint orFree(final Endpoint endpoint) {
        if (FreePort.isFree(endpoint)) {
            return endpoint;
        }
        console.say("port " + endpoint.port() + " is taken: takes a free one");
        return new Endpoint(endpoint.host(), 0);
    }

    private void open(final RunningServer server, final ServerConfig config, final boolean isTemporary)
            throws StartRefusedException {
        final DemoDrop drop =
                new DemoDrop(server.service(), config.credentials().adminKey());
        if (!drop.create()) {
            console.say("the drop " + DemoDrop.NAME + " is there already, with another definition: left as it is");
        }
        new DemoBanner(console.out(), console.command(), server, config).print(isTemporary);
    }
}
