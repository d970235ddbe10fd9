package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Credentials;
import io.holdfast.gateway.ServerConfig.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who may ask for what. */
final class KeyOptions implements FromEnvironment {
    private static final int KEY_BYTES_MIN = 16;

    @Option(names = "--api-key", paramLabel = "KEY", description = "The storefront's key.")
    private String apiKey;

    @Option(names = "--admin-key", paramLabel = "KEY", description = "The operators' key.")
    private String adminKey;

    @Option(
            names = "--payment-secret",
            paramLabel = "SECRET",
            description = "The payment provider's secret; several, comma-separated, while rotating.")
    private String paymentSecret;

    @Mixin
    private BuyerTokenOption buyerToken;

    /** Adds the flags without which a server in production does not start. */
    void addMissing(final List<String> missing) {
        addIfNull(missing, "--api-key", apiKey);
        addIfNull(missing, "--admin-key", adminKey);
        addIfNull(missing, "--payment-secret", paymentSecret);
    }

    private static void addIfNull(final List<String> missing, final String flag, final String value) {
        if (value == null) {
            missing.add(flag);
        }
    }

    /**
     * What was given, checked, and what was not given made up: whether that is allowed, the caller says.
     *
     * @param isDev whether keys may be short
     */
    Credentials credentials(final boolean isDev) {
        final int bytesMin = isDev ? 1 : KEY_BYTES_MIN;
        final Secret api = checkKey("--api-key", orFresh(apiKey, "api"), bytesMin);
        final Secret admin = checkKey("--admin-key", orFresh(adminKey, "admin"), bytesMin);
        if (api.equals(admin)) {
            throw new UsageException("--admin-key", "the same as --api-key: storefronts would be operators");
        }
        final String payment = orFresh(paymentSecret, "payment");
        return new Credentials(api, admin, checkPaymentSecrets(payment, bytesMin), tokenSecret(isDev));
    }

    /** The keys of these credentials that were made up, by what they are called; in the order of the flags. */
    Map<String, String> made(final Credentials credentials) {
        final Map<String, String> made = new LinkedHashMap<>();
        if (apiKey == null) {
            made.put("api key", credentials.apiKey().value());
        }
        if (adminKey == null) {
            made.put("admin key", credentials.adminKey().value());
        }
        if (paymentSecret == null) {
            made.put("payment secret", credentials.paymentSecrets().get(0).value());
        }
        if (!buyerToken.isGiven()) {
            credentials.buyerTokenSecret().ifPresent(secret -> made.put("buyer token secret", secret.value()));
        }
        return made;
    }

    private static String orFresh(final String given, final String kind) {
        return given == null ? FreshKeys.next(kind) : given;
    }

    private static List<Secret> checkPaymentSecrets(final String value, final int bytesMin) {
        final List<Secret> secrets = new ArrayList<>();
        for (final String secret : value.split(",", -1)) {
            checkLength("--payment-secret", secret, bytesMin);
            secrets.add(new Secret(secret));
        }
        return secrets;
    }

    /** In production buyer tokens are off without their secret: one made up would let nobody in. */
    private Optional<Secret> tokenSecret(final boolean isDev) {
        final Optional<Secret> given = buyerToken.secret();
        return given.isEmpty() && isDev ? Optional.of(new Secret(FreshKeys.next("buyer"))) : given;
    }

    /** A key travels in a header: visible ASCII, or no client could send it. */
    private static Secret checkKey(final String flag, final String value, final int bytesMin) {
        checkLength(flag, value, bytesMin);
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new UsageException(flag, "holds a space or something other than visible ASCII");
        }
        return new Secret(value);
    }

    static void checkLength(final String flag, final String value, final int bytesMin) {
        final int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length < bytesMin) {
            throw new UsageException(
                    flag, length + " bytes long, needs " + bytesMin + " or more: try openssl rand -hex 32");
        }
    }
}
