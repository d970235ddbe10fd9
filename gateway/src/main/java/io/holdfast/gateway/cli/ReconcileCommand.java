package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Secret;
import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.audit.Output;
import io.holdfast.gateway.json.WebhookJson;
import io.holdfast.settlement.postgres.PostgresConfig;
import io.holdfast.settlement.reconcile.ReconcileConfig;
import io.holdfast.settlement.reconcile.ReconcileReport;
import io.holdfast.settlement.reconcile.Reconciler;
import io.holdfast.settlement.webhook.MessageBodies;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reconcile}. */
@Command(
        name = "reconcile",
        sortOptions = false,
        description = "Compares the journal with Postgres and Redis, and names every difference.",
        footer = {
            "",
            "Give the stores as to serve, one of them or both. Every flag is also an environment variable;",
            "secrets are also read from the file that HOLDFAST_POSTGRES_PASSWORD_FILE (and so on) names.",
            "Safe beside a running server.",
            "",
            "With --repair and no server running, what was not settled yet is settled; give the webhook's",
            "flags as to serve, so that its messages wait in the outbox.",
            "",
            "Exit status: 0 they say the same, 1 they differ, or the journal is damaged, 2 wrong usage,",
            "3 the journal or a store cannot be read."
        })
final class ReconcileCommand implements Callable<Integer> {
    /** Differences that are shown; all are counted. */
    private static final int SHOWN_MAX = 1_000;

    private final Console console;
    private final EnvironmentDefaults environment;

    @Mixin
    private DataDirectoryOption directory;

    @Mixin
    private StoreOptions stores;

    @Mixin
    private WebhookOptions webhooks;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    @Option(
            names = "--repair",
            description = "Drives Postgres and Redis forward to what the journal says; never deletes a row.")
    private boolean isRepair;

    @Mixin
    private HelpOption help;

    ReconcileCommand(final Console console, final EnvironmentDefaults environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        environment.refuseProblems();
        final ReconcileConfig config = new ReconcileConfig(
                directory.checked(),
                directory.checkedArchive(),
                postgres(),
                stores.redis().map(Secret::value),
                isRepair,
                SHOWN_MAX);
        if (config.postgres().isEmpty() && config.redisUrl().isEmpty()) {
            throw new UsageException("nothing to compare the journal with: give --postgres-url (HOLDFAST_POSTGRES_URL),"
                    + " --redis-url (HOLDFAST_REDIS_URL) or both");
        }
        final Optional<MessageBodies> messages = webhooks.webhook().map(target -> new WebhookJson());
        final ReconcileProgressLine line = new ReconcileProgressLine(console);
        final ReconcileReport report;
        try {
            report = new Reconciler(config, messages, line).run();
        } finally {
            line.end();
        }
        final Output output = new Output(console.data());
        if (isJson) {
            new ReconcileJson(output).print(report);
        } else {
            new ReconcileText(output).print(report);
        }
        return report.isSame() ? ExitStatus.OK : ExitStatus.NO;
    }

    private Optional<PostgresConfig> postgres() {
        return stores.postgres().map(given -> {
            if (given.user() == null) {
                throw new UsageException("--postgres-user", "missing: --postgres-url needs it");
            }
            return new PostgresConfig(
                    given.url(),
                    given.user(),
                    given.password().map(Secret::value).orElse(""));
        });
    }
}
