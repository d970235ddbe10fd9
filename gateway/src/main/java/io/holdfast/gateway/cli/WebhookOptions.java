package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Secret;
import io.holdfast.gateway.ServerConfig.Webhook;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The receiver of outbound webhooks. */
final class WebhookOptions implements FromEnvironment {
    private static final String PREFIX = "whsec_";

    /** Of the key behind the base64, by the Standard Webhooks specification. */
    private static final int KEY_BYTES_MIN = 24;

    private static final int KEY_BYTES_MAX = 64;

    /** As many as the sender signs with. */
    private static final int SECRETS_MAX = 8;

    @Option(names = "--webhook-url", paramLabel = "URL", description = "Where webhooks are sent.")
    private String url;

    @Option(
            names = "--webhook-secret",
            paramLabel = "SECRET",
            description = "Signs them: whsec_ and base64; several, comma-separated, while rotating; webhooks are off"
                    + " without.")
    private String secret;

    /** An address alone sends nothing: what cannot be signed cannot be trusted by who receives it. */
    boolean isSecretMissing() {
        return url != null && secret == null;
    }

    Optional<Webhook> webhook() {
        if (url != null && !isWebUrl(url)) {
            throw new UsageException("--webhook-url", "not an http or https URL");
        }
        if (secret == null) {
            return Optional.empty();
        }
        final List<Secret> secrets = secrets(secret.split(",", -1));
        if (url == null) {
            throw new UsageException("--webhook-url", "missing, and --webhook-secret is given");
        }
        return Optional.of(new Webhook(url, secrets));
    }

    private static List<Secret> secrets(final String[] given) {
        if (given.length > SECRETS_MAX) {
            throw new UsageException("--webhook-secret", given.length + " secrets, takes " + SECRETS_MAX + " at most");
        }
        if (!Arrays.stream(given).allMatch(WebhookOptions::isSecret)) {
            throw new UsageException(
                    "--webhook-secret",
                    "not whsec_ followed by the base64 of " + KEY_BYTES_MIN + " to " + KEY_BYTES_MAX
                            + " bytes, or several of these with commas between: try echo whsec_$(openssl rand -base64 32)");
        }
        return Arrays.stream(given).map(Secret::new).toList();
    }

    private static boolean isWebUrl(final String url) {
        try {
            final URI uri = URI.create(url);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSecret(final String secret) {
        if (!secret.startsWith(PREFIX)) {
            return false;
        }
        try {
            final int length = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
            return length >= KEY_BYTES_MIN && length <= KEY_BYTES_MAX;
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }
}
