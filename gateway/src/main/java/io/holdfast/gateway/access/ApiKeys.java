package io.holdfast.gateway.access;

import java.nio.charset.StandardCharsets;

/** Tells callers apart by their bearer key (RFC 6750). Immutable. */
public final class ApiKeys {
    static final String SCHEME = "Bearer ";

    private final byte[] apiKey;
    private final byte[] adminKey;

    public ApiKeys(final String apiKey, final String adminKey) {
        this.apiKey = apiKey.getBytes(StandardCharsets.ISO_8859_1);
        this.adminKey = adminKey.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Both keys are always compared to the end, whichever matches. */
    public Caller caller(final String authorization) {
        if (authorization == null) {
            return Caller.NOBODY;
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Caller.STRANGER;
        }
        final boolean storefront = matches(authorization, apiKey);
        final boolean operator = matches(authorization, adminKey);
        if (storefront) {
            return Caller.STOREFRONT;
        }
        return operator ? Caller.OPERATOR : Caller.STRANGER;
    }

    /**
     * Takes as long as our key is, wherever the two differ; allocates nothing, other than
     * MessageDigest.isEqual.
     */
    private static boolean matches(final String authorization, final byte[] key) {
        int difference = authorization.length() - SCHEME.length() ^ key.length;
        for (int i = 0; i < key.length; i++) {
            final int at = Math.min(SCHEME.length() + i, authorization.length() - 1);
            difference |= authorization.charAt(at) ^ key[i] & 0xFF;
        }
        return difference == 0;
    }
}
