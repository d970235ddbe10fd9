package io.holdfast.settlement.webhook;

import java.net.URI;
import java.util.Base64;
import java.util.List;

/**
 * Where webhooks go, and what signs them.
 *
 * @param target http or https; what it redirects to is never asked
 * @param secrets {@code whsec_} and base64 each; several while they rotate, each of which signs
 */
public record WebhookConfig(URI target, List<String> secrets) {
    private static final String PREFIX = "whsec_";
    private static final int SECRETS_MAX = 8;

    /** @throws IllegalArgumentException when the target or a secret is none; the message never shows a secret */
    public WebhookConfig {
        if (!"http".equalsIgnoreCase(target.getScheme()) && !"https".equalsIgnoreCase(target.getScheme())
                || target.getHost() == null) {
            throw new IllegalArgumentException("webhook target is no http or https URL with a host: " + target);
        }
        if (target.getRawUserInfo() != null) {
            throw new IllegalArgumentException("webhook target bears a user; the signature is what it can check");
        }
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty() || secrets.size() > SECRETS_MAX) {
            throw new IllegalArgumentException("webhooks need 1 to " + SECRETS_MAX + " secrets: " + secrets.size());
        }
        secrets.forEach(WebhookConfig::key);
    }

    List<byte[]> keys() {
        return secrets.stream().map(WebhookConfig::key).toList();
    }

    private static byte[] key(final String secret) {
        if (!secret.startsWith(PREFIX) || secret.length() == PREFIX.length()) {
            throw new IllegalArgumentException("a webhook secret is not " + PREFIX + " followed by base64");
        }
        try {
            return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("a webhook secret is not " + PREFIX + " followed by base64", e);
        }
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return target.toString();
    }
}
