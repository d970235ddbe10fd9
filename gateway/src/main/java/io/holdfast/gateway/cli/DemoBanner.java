package io.holdfast.gateway.cli;

import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.ServerConfig.Credentials;
import io.holdfast.gateway.ServerConfig.Secret;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** Tells a newcomer where things are, and a first thing to try. */
final class DemoBanner {
    private DemoBanner() {}

    static void print(
            final PrintStream out, final RunningServer server, final ServerConfig config, final boolean isTemporary) {
        final Credentials credentials = config.credentials();
        final String service = DemoDrop.urlOf(server.service());
        final String secrets =
                credentials.paymentSecrets().stream().map(Secret::value).collect(Collectors.joining(","));
        out.println();
        out.println("Holdfast demo: 5,000 × GA of the drop " + DemoDrop.NAME + ", 45.00 EUR each, open now.");
        out.println();
        out.println("  service      " + service);
        out.println("  management   " + DemoDrop.urlOf(server.management()));
        out.println("  data         " + config.storage().dataDirectory().toAbsolutePath()
                + (isTemporary ? "   (deleted on stop; keep it with --data-dir)" : ""));
        out.println();
        out.println("  HOLDFAST_API_KEY=" + credentials.apiKey().value());
        out.println("  HOLDFAST_ADMIN_KEY=" + credentials.adminKey().value());
        out.println("  HOLDFAST_PAYMENT_SECRET=" + secrets);
        out.println();
        out.println("Place a hold:");
        out.println();
        out.println("  curl -i " + service + "/v1/drops/" + DemoDrop.NAME + "/holds -H 'Authorization: Bearer "
                + credentials.apiKey().value() + "' -H 'Content-Type: application/json' -d '" + DemoDrop.FIRST_HOLD
                + "'");
        out.println();
        out.println("See what was decided:");
        out.println();
        out.println("  ./holdfast journal explain --buyer " + DemoDrop.FIRST_BUYER + " --data-dir "
                + config.storage().dataDirectory().toAbsolutePath());
        out.println();
    }
}
