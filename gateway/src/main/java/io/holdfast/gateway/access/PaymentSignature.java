package io.holdfast.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks {@code t=<unix seconds>,v1=<hex>[,v1=<hex>]}, where v1 is the HMAC-SHA256 of {@code <t>.<raw body>}
 * under any of our secrets. One for each event loop.
 */
public final class PaymentSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HEX_LENGTH = 64;
    private static final int SIGNATURES_MAX = 8;
    private static final int TIME_DIGITS_MAX = 12;
    private static final long AGE_SECONDS_MAX = 300;

    private final Mac[] macs;
    private final LongSupplier wallClockMs;

    public PaymentSignature(final List<String> secrets, final LongSupplier wallClockMs) {
        this.macs = secrets.stream().map(PaymentSignature::mac).toArray(Mac[]::new);
        this.wallClockMs = wallClockMs;
    }

    /** The header's value that a provider sends who knows the secret, as of that second. */
    public static String header(final String secret, final long seconds, final String body) {
        final byte[] signature = mac(secret).doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signature);
    }

    /** Whether the header was made for this body by somebody who knows one of our secrets, not long ago. */
    public boolean isValid(final String header, final byte[] body, final int bodyLength) {
        if (header == null) {
            return false;
        }
        String time = null;
        int signatureCount = 0;
        final String[] parts = header.split(",", -1);
        for (final String part : parts) {
            final String trimmed = part.trim();
            if (trimmed.startsWith("t=")) {
                if (time != null) {
                    return false;
                }
                time = trimmed.substring(2);
            } else if (trimmed.startsWith("v1=")) {
                signatureCount++;
            }
        }
        if (time == null || signatureCount > SIGNATURES_MAX || !isRecent(time)) {
            return false;
        }
        return anyMatches(parts, time.getBytes(StandardCharsets.US_ASCII), body, bodyLength);
    }

    private boolean anyMatches(final String[] parts, final byte[] time, final byte[] body, final int bodyLength) {
        boolean valid = false;
        for (final Mac mac : macs) {
            mac.update(time);
            mac.update((byte) '.');
            mac.update(body, 0, bodyLength);
            final byte[] expected = mac.doFinal();
            for (final String part : parts) {
                final String trimmed = part.trim();
                if (trimmed.startsWith("v1=")) {
                    valid |= MessageDigest.isEqual(expected, signature(trimmed.substring("v1=".length())));
                }
            }
        }
        return valid;
    }

    private boolean isRecent(final String time) {
        if (time.isEmpty() || time.length() > TIME_DIGITS_MAX) {
            return false;
        }
        for (int i = 0; i < time.length(); i++) {
            if (time.charAt(i) < '0' || time.charAt(i) > '9') {
                return false;
            }
        }
        final long nowSeconds = Math.floorDiv(wallClockMs.getAsLong(), 1000L);
        return Math.abs(Long.parseLong(time) - nowSeconds) <= AGE_SECONDS_MAX;
    }

    /** Empty when it is no hexadecimal of the right length. */
    private static byte[] signature(final String hex) {
        if (hex.length() != HEX_LENGTH || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            return new byte[0];
        }
        return HexFormat.of().parseHex(hex);
    }

    private static Mac mac(final String secret) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
        }
    }
}
