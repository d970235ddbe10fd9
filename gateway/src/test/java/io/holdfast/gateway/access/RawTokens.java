package io.holdfast.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens put together by hand, as RFC 7515 has them, right or wrong: as no library would. */
public final class RawTokens {
    public static final String SECRET = "buyer-token-secret-0123456789abcdef";
    public static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private RawTokens() {}

    /** A token of this header and these claims, signed with our secret by HMAC-SHA256 whatever the header says. */
    public static String signed(final String header, final String claims) {
        return signed(SECRET, "HmacSHA256", header, claims);
    }

    public static String signed(final String secret, final String algorithm, final String header, final String claims) {
        final String content = base64(header) + '.' + base64(claims);
        try {
            final Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return content + '.' + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A good token until that second. */
    public static String of(final String buyer, final String drop, final long expiresAtSeconds) {
        return signed(HS256, "{\"sub\":\"" + buyer + "\",\"drop\":\"" + drop + "\",\"exp\":" + expiresAtSeconds + "}");
    }

    public static String base64(final String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(final byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
