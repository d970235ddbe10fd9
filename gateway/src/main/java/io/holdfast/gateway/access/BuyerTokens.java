package io.holdfast.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.holdfast.gateway.request.Text;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
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
     * Makes a token, as a storefront would.
     *
     * @param expiresAt whole seconds of it count
     * @throws IllegalArgumentException when buyer or drop is no name, or the secret is too short
     */
    public static String mint(final String secret, final BuyerToken token, final Instant expiresAt) {
        if (!Text.isName(token.buyer()) || !Text.isName(token.drop())) {
            throw new IllegalArgumentException("buyer and drop: 1 to 64 of A-Z a-z 0-9 . _ : @ - are needed");
        }
        final JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(token.buyer())
                .claim(DROP, token.drop())
                .expirationTime(Date.from(expiresAt))
                .build();
        final SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
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
        if (!isToken(authorization)) {
            return null;
        }
        try {
            final SignedJWT jwt = SignedJWT.parse(authorization.substring(ApiKeys.SCHEME.length()));
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
                throw new InvalidToken("The buyer token was not signed with this server's secret by HS256.");
            }
            return checked(jwt.getJWTClaimsSet());
        } catch (final ParseException | JOSEException e) {
            throw new InvalidToken("The buyer token is malformed.");
        }
    }

    /** Two dots have all that are signed (RFC 7515, 7.1), and a mistyped key hardly ever. */
    private static boolean isToken(final String authorization) {
        final int dot = authorization.indexOf('.');
        return dot > 0
                && authorization.indexOf('.', dot + 1) > 0
                && authorization.regionMatches(true, 0, ApiKeys.SCHEME, 0, ApiKeys.SCHEME.length());
    }

    private BuyerToken checked(final JWTClaimsSet claims) throws InvalidToken, ParseException {
        final Date expiresAt = claims.getExpirationTime();
        final Date notBefore = claims.getNotBeforeTime();
        final String drop = claims.getStringClaim(DROP);
        if (expiresAt == null || !Text.isName(claims.getSubject()) || !Text.isName(drop)) {
            throw new InvalidToken("A buyer token needs the claims sub and drop, both names, and exp.");
        }
        final long nowMs = wallClockMs.getAsLong();
        if (nowMs >= expiresAt.getTime()) {
            throw new InvalidToken("The buyer token has expired.");
        }
        if (notBefore != null && nowMs < notBefore.getTime()) {
            throw new InvalidToken("The buyer token is not valid yet.");
        }
        return new BuyerToken(claims.getSubject(), drop);
    }

    private static byte[] bytes(final String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }
}
