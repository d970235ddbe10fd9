package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Secret;
import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.access.BuyerToken;
import io.holdfast.gateway.access.BuyerTokens;
import io.holdfast.gateway.request.Text;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token}: a buyer token, for trying things out; a storefront mints its own. */
@Command(
        name = "token",
        sortOptions = false,
        description = "Prints a buyer token: what a storefront gives to a buyer's page, so that it may call directly.",
        footer = {
            "",
            "It is a JWT (HS256) with the claims sub (the buyer), drop and exp. Whoever bears it acts as that",
            "buyer in that drop, until it expires, at every server with that --buyer-token-secret.",
            "The secret is also an environment variable, HOLDFAST_BUYER_TOKEN_SECRET, or in the file that",
            "HOLDFAST_BUYER_TOKEN_SECRET_FILE names."
        })
final class TokenCommand implements Callable<Integer> {
    private static final long ALMOST_A_SECOND_MS = 999;

    private final Console console;
    private final EnvironmentDefaults environment;

    @Option(names = "--buyer", paramLabel = "BUYER", required = true, description = "Whom the token speaks for.")
    private String buyer;

    @Option(names = "--drop", paramLabel = "DROP", required = true, description = "The drop that it is good for.")
    private String drop;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "How long it is good, from now on: 90s, 15m, 24h at most (${DEFAULT-VALUE}).")
    private Duration ttl;

    @Mixin
    private BuyerTokenOption secret;

    @Mixin
    private HelpOption help;

    TokenCommand(final Console console, final EnvironmentDefaults environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws StartRefusedException {
        environment.refuseProblems();
        checkName("--buyer", buyer);
        checkName("--drop", drop);
        if (ttl.toSeconds() < 1) {
            throw new UsageException("--ttl: a second or more is needed");
        }
        final Secret signing = secret.secret()
                .orElseThrow(() -> new StartRefusedException("key missing: " + BuyerTokenOption.FLAG + " ("
                        + EnvironmentDefaults.variableOf(BuyerTokenOption.FLAG)
                        + "); next step: set it to the server's"));
        final long endMs = System.currentTimeMillis() + ttl.toMillis() + ALMOST_A_SECOND_MS; // whole seconds count
        console.out().println(BuyerTokens.mint(signing.value(), new BuyerToken(buyer, drop, endMs)));
        return ExitStatus.OK;
    }

    private static void checkName(final String flag, final String name) {
        if (!Text.isName(name)) {
            throw new UsageException(flag + " '" + name + "': 1 to 64 of A-Z a-z 0-9 . _ : @ - are needed");
        }
    }
}
