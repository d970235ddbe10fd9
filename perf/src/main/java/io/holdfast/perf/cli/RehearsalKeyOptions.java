package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.FromEnvironment;
import io.holdfast.perf.rehearsal.Keys;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the server knows its callers by; the same flags and variables as serve's. */
final class RehearsalKeyOptions implements FromEnvironment {
    @Option(names = "--api-key", paramLabel = "KEY", description = "The storefront's key (HOLDFAST_API_KEY).")
    private String apiKey;

    @Option(names = "--admin-key", paramLabel = "KEY", description = "The operators' key (HOLDFAST_ADMIN_KEY).")
    private String adminKey;

    @Option(
            names = "--payment-secret",
            paramLabel = "SECRET",
            description = "Signs payments (HOLDFAST_PAYMENT_SECRET); of several, the first.")
    private String paymentSecret;

    Keys keys() throws StartRefusedException {
        final List<String> missing = new ArrayList<>();
        addIfNull(missing, "--api-key (HOLDFAST_API_KEY)", apiKey);
        addIfNull(missing, "--admin-key (HOLDFAST_ADMIN_KEY)", adminKey);
        addIfNull(missing, "--payment-secret (HOLDFAST_PAYMENT_SECRET)", paymentSecret);
        if (!missing.isEmpty()) {
            throw new StartRefusedException("key missing: " + String.join(", ", missing)
                    + "; next step: give the ones that the server was started with");
        }
        return new Keys(apiKey, adminKey, paymentSecret.split(",", -1)[0]);
    }

    private static void addIfNull(final List<String> missing, final String flag, final String value) {
        if (value == null) {
            missing.add(flag);
        }
    }
}
