package io.holdfast.settlement.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes {@code v1,<base64 of HMAC-SHA256 over id.timestamp.body>}, one for each key, a space between. For one thread. */
final class Signer {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac[] macs;

    Signer(final List<byte[]> keys) {
        this.macs = keys.stream().map(Signer::mac).toArray(Mac[]::new);
    }

    String sign(final String messageId, final long timestampSeconds, final byte[] body) {
        final byte[] before = (messageId + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8);
        return Stream.of(macs).map(mac -> sign(mac, before, body)).collect(Collectors.joining(" "));
    }

    private static String sign(final Mac mac, final byte[] before, final byte[] body) {
        mac.update(before);
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    private static Mac mac(final byte[] key) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
        }
    }
}
