package io.holdfast.gateway.cli;

import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.ServerConfig.Credentials;
import io.holdfast.gateway.ServerConfig.Limits;
import io.holdfast.gateway.ServerConfig.Listeners;
import io.holdfast.gateway.ServerConfig.Outside;
import io.holdfast.gateway.ServerConfig.Storage;
import io.holdfast.gateway.StartRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: the server, for production, or with {@code --dev} for trying out. */
@Command(
        name = "serve",
        sortOptions = false,
        description = "Runs the server.",
        footer = {
            "",
            "Every flag is also an environment variable: --data-dir is HOLDFAST_DATA_DIR. Secrets are also",
            "read from the file that HOLDFAST_API_KEY_FILE (and so on) names. The command line wins.",
            "",
            "Without --dev it needs --api-key, --admin-key and --payment-secret (16 bytes or more each),",
            "--postgres-url, --postgres-user and --redis-url; the two stores need not be reachable.",
            "",
            "SIGTERM stops it in order. Exit status: 0 stopped, 2 wrong usage, 3 cannot start, 4 halted."
        })
final class ServeCommand implements Callable<Integer> {
    private static final Path DATA_DIRECTORY_DEFAULT = Path.of("data");

    private final RunningServer.Starter starter;
    private final Console console;
    private final EnvironmentDefaults environment;

    @Mixin
    private ListenOptions listen;

    @Mixin
    private TlsOptions tls;

    @Mixin
    private KeyOptions keys;

    @Mixin
    private StorageOptions storage;

    @Mixin
    private LimitOptions limits;

    @Mixin
    private StoreOptions stores;

    @Mixin
    private WebhookOptions webhooks;

    @Mixin
    private DevOption dev;

    @Mixin
    private HelpOption help;

    ServeCommand(final RunningServer.Starter starter, final Console console, final EnvironmentDefaults environment) {
        this.starter = starter;
        this.console = console;
        this.environment = environment;
    }

    /** Whether it runs for trying out. */
    static final class DevOption implements FromEnvironment {
        @Option(names = "--dev", description = "For trying out: keys given or made, stores given or embedded.")
        private boolean isDev;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        final ServerConfig config = config();
        final List<String> idle = flagsWithoutEffect();
        if (!idle.isEmpty()) {
            console.say("without effect so far: " + String.join(", ", idle));
        }
        final DevStores stores = new DevStores(console);
        return new ServerRun(console)
                .run(
                        config.listeners().tls().isPresent(),
                        () -> starter.start(config.isDev() ? stores.addTo(config) : config),
                        server -> sayWhatWasMade(config, stores),
                        stores::close);
    }

    private ServerConfig config() throws StartRefusedException {
        environment.refuseProblems();
        final Listeners listeners = listen.listeners(tls);
        final Credentials credentials = keys.credentials(dev.isDev);
        final Limits checkedLimits = limits.limits();
        final Storage checkedStorage = storage.storage(DATA_DIRECTORY_DEFAULT);
        final Outside outside = new Outside(stores.postgres(), stores.redis(), webhooks.webhook());
        if (dev.isDev) {
            stores.refuseHalf();
        } else {
            refuseMissing();
        }
        return new ServerConfig(dev.isDev, listeners, credentials, checkedLimits, checkedStorage, outside);
    }

    private void refuseMissing() throws StartRefusedException {
        final List<String> missing = new ArrayList<>();
        keys.addMissing(missing);
        stores.addMissing(missing);
        if (missing.isEmpty()) {
            return;
        }
        final String named = missing.stream()
                .map(flag -> flag + " (" + EnvironmentDefaults.variableOf(flag) + ")")
                .collect(Collectors.joining(", "));
        throw new StartRefusedException("key missing: " + named + "; next step: set "
                + (missing.size() == 1 ? "it" : "them") + ", or try --dev");
    }

    private List<String> flagsWithoutEffect() {
        final List<String> flags = new ArrayList<>();
        addIf(flags, webhooks.isSecretMissing(), "--webhook-url without --webhook-secret");
        return flags;
    }

    private static void addIf(final List<String> flags, final boolean isGiven, final String flag) {
        if (isGiven) {
            flags.add(flag);
        }
    }

    /** What was given is known already; only what was made is told. */
    private void sayWhatWasMade(final ServerConfig config, final DevStores embedded) {
        keys.made(config.credentials()).forEach((what, key) -> console.say(what + " made for this run: " + key));
        embedded.made().forEach(console::say);
    }
}
