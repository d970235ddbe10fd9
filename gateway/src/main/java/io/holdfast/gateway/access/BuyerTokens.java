package io.holdfast.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.holdfast.gateway.request.Text;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Date;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Buyer tokens: JWTs signed with HMAC-SHA256 under a secret that we share with the storefront, with the claims {@code
 * sub} (the buyer), {@code drop}, {@code exp} and, where it is wanted, {@code nbf}. No other algorithm is taken, whatever
 * a token says of itself, and no leeway is given: who mints it decides how long it lasts. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519, JSON Web Token</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, its best current practices</a>
 */
public final class BuyerTokens {
    /** So long must a secret be for HMAC-SHA256, in bytes (RFC 7518, 3.2). */
    public static final int SECRET_BYTES_MIN = 32;

    private static final String DROP = "drop";
    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);
    private static final long MS_PER_SECOND = 1_000;

    /** The end of the year 9999: beyond it stands nothing that anybody means. */
    private static final double SECONDS_MAX = 253_402_300_799d;

    private final JWSVerifier verifier;
    private final LongSupplier wallClockMs;

    /** @throws IllegalArgumentException when the secret is too short */
    public BuyerTokens(final String secret, final LongSupplier wallClockMs) {
        try {
            this.verifier = new MACVerifier(bytes(secret));
        } catch (final JOSEException e) {
            throw new IllegalArgumentException("--buyer-token-secret: " + e.getMessage(), e);
        }
        this.wallClockMs = wallClockMs;
    }

    /**
     * Makes a token, as a storefront would; of its end whole seconds count.
     *
     * @throws IllegalArgumentException when buyer or drop is no name, or the secret is too short
     */
    public static String mint(final String secret, final BuyerToken token) {
        if (!Text.isName(token.buyer()) || !Text.isName(token.drop())) {
            throw new IllegalArgumentException("buyer and drop: 1 to 64 of A-Z a-z 0-9 . _ : @ - are needed");
        }
        final JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(token.buyer())
                .claim(DROP, token.drop())
                .expirationTime(new Date(token.expiresAtMs()))
                .build();
        final SignedJWT jwt = new SignedJWT(HEADER, claims);
        try {
            jwt.sign(new MACSigner(bytes(secret)));
        } catch (final JOSEException e) {
            throw new IllegalArgumentException("--buyer-token-secret: " + e.getMessage(), e);
        }
        return jwt.serialize();
    }

    /**
     * Reads a token that was made with our secret and is good now.
     *
     * @param authorization the field's value
     * @return null when it has not the form of a token at all
     * @throws InvalidToken saying what is wrong with it
     */
    public BuyerToken read(final String authorization) throws InvalidToken {
        final int end = authorization.lastIndexOf('.');
        if (end < 0
                || authorization.indexOf('.') == end
                || !authorization.regionMatches(true, 0, ApiKeys.SCHEME, 0, ApiKeys.SCHEME.length())) {
            return null; // a key, mistyped: two dots have all that are signed (RFC 7515, 7.1)
        }
        final String token = authorization.substring(ApiKeys.SCHEME.length());
        requireSigned(token);
        try {
            final SignedJWT jwt = SignedJWT.parse(token);
            final JWSHeader header = jwt.getHeader();
            if (!JWSAlgorithm.HS256.equals(header.getAlgorithm()) || header.getCriticalParams() != null) {
                throw new InvalidToken("The buyer token is not one of HS256 without extensions.");
            }
            return good(jwt.getPayload().toJSONObject());
        } catch (final ParseException | RuntimeException e) {
            throw new InvalidToken("The buyer token is malformed.");
        }
    }

    /** Whether a token that was read has not expired since. */
    public boolean isGood(final BuyerToken token) {
        return wallClockMs.getAsLong() < token.expiresAtMs();
    }

    /** Before anything in it is looked at: a parser of headers and keys has much that a stranger could set off. */
    private void requireSigned(final String token) throws InvalidToken {
        final int end = token.lastIndexOf('.');
        try {
            if (verifier.verify(HEADER, bytes(token.substring(0, end)), new Base64URL(token.substring(end + 1)))) {
                return;
            }
        } catch (final JOSEException e) {
            // no signature at all
        }
        throw new InvalidToken("The buyer token was not signed with this server's secret by HS256.");
    }

    /** The claims as they were sent: the library would make a name of a number, and anything of a time. */
    private BuyerToken good(final Map<String, Object> claims) throws InvalidToken {
        if (claims == null
                || !(claims.get("sub") instanceof String buyer && Text.isName(buyer))
                || !(claims.get(DROP) instanceof String drop && Text.isName(drop))
                || !isTime(claims.get("exp"))) {
            throw new InvalidToken("A buyer token needs the claims sub and drop, both names, and exp.");
        }
        final Object notBefore = claims.get("nbf");
        final long nowMs = wallClockMs.getAsLong();
        final long expiresAtMs = epochMs(claims.get("exp"));
        if (nowMs >= expiresAtMs) {
            throw new InvalidToken("The buyer token has expired.");
        }
        if (notBefore != null && (!isTime(notBefore) || nowMs < epochMs(notBefore))) {
            throw new InvalidToken("The buyer token is not valid yet.");
        }
        return new BuyerToken(buyer, drop, expiresAtMs);
    }

    /** A NumericDate (RFC 7519, 2): seconds, perhaps with a fraction. */
    private static boolean isTime(final Object claim) {
        return claim instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= SECONDS_MAX;
    }

    private static long epochMs(final Object claim) {
        return (long) (((Number) claim).doubleValue() * MS_PER_SECOND);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
