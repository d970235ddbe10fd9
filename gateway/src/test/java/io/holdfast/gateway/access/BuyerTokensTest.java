package io.holdfast.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuyerTokensTest {
    private static final long NOW = 1_795_000_000;
    private static final BuyerToken BUYER = new BuyerToken("b-17", "tour-berlin", (NOW + 60) * 1_000);
    private static final String CLAIMS = "{\"sub\":\"b-17\",\"drop\":\"tour-berlin\",\"exp\":" + (NOW + 60) + "}";

    private final BuyerTokens tokens = new BuyerTokens(RawTokens.SECRET, () -> NOW * 1_000 + 500);

    private BuyerToken read(final String token) throws InvalidToken {
        return tokens.read("Bearer " + token);
    }

    private void assertRefused(final String token, final String reason) {
        assertThatThrownBy(() -> read(token)).isInstanceOf(InvalidToken.class).hasMessageContaining(reason);
    }

    @Test
    void shouldReadWhatWasSignedByHand() throws InvalidToken {
        assertThat(read(RawTokens.signed(RawTokens.HS256, CLAIMS))).isEqualTo(BUYER);
        assertThat(read(RawTokens.signed("{\"alg\":\"HS256\"}", CLAIMS.replace("}", ",\"iat\":1,\"role\":\"x\"}"))))
                .isEqualTo(BUYER);
        assertThat(tokens.read("bearer " + RawTokens.signed(RawTokens.HS256, CLAIMS)))
                .isEqualTo(BUYER);
    }

    @Test
    void shouldReadWhatItMinted() throws InvalidToken {
        final String minted = BuyerTokens.mint(RawTokens.SECRET, BUYER);

        assertThat(read(minted)).isEqualTo(BUYER);
        assertThat(minted.split("\\.")[0]).isEqualTo(RawTokens.base64("{\"alg\":\"HS256\"}"));
    }

    @Test
    void shouldHoldToTheSecondWhenItBeginsAndEnds() throws InvalidToken {
        assertThat(read(RawTokens.of("b-17", "tour-berlin", NOW + 1)).expiresAtMs())
                .isEqualTo((NOW + 1) * 1_000);
        assertRefused(RawTokens.of("b-17", "tour-berlin", NOW), "expired");
        assertRefused(RawTokens.of("b-17", "tour-berlin", NOW - 1), "expired");
        assertThat(read(withNotBefore(NOW))).isEqualTo(BUYER);
        assertRefused(withNotBefore(NOW + 1), "not valid yet");
    }

    private static String withNotBefore(final Object seconds) {
        return RawTokens.signed(RawTokens.HS256, CLAIMS.replace("}", ",\"nbf\":" + seconds + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS384\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"hs256\"}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
                "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}",
                "{}",
                "[]",
                "null",
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQ\",\"d\":\"AQ\",\"oth\":[{}]}}",
                "x"
            })
    void shouldRefuseEveryOtherHeaderThoughTheSignatureIsRight(final String header) {
        assertRefused(RawTokens.signed(header, CLAIMS), "buyer token");
    }

    @Test
    void shouldRefuseAnotherAlgorithmAnotherSecretAndNoSignature() {
        final String other = "another-token-secret-0123456789abcdef";
        assertRefused(RawTokens.signed(RawTokens.SECRET, "HmacSHA512", "{\"alg\":\"HS512\"}", CLAIMS), "HS256");
        assertRefused(RawTokens.signed(other, "HmacSHA256", RawTokens.HS256, CLAIMS), "secret");
        assertRefused(RawTokens.base64("{\"alg\":\"none\"}") + '.' + RawTokens.base64(CLAIMS) + '.', "buyer token");
        assertRefused(RawTokens.base64(RawTokens.HS256) + '.' + RawTokens.base64(CLAIMS) + '.', "buyer token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"drop\":\"d\",\"exp\":1795000060}",
                "{\"sub\":\"b\",\"exp\":1795000060}",
                "{\"sub\":\"b\",\"drop\":\"d\"}",
                "{\"sub\":\"\",\"drop\":\"d\",\"exp\":1795000060}",
                "{\"sub\":\"a b\",\"drop\":\"d\",\"exp\":1795000060}",
                "{\"sub\":\"b\",\"drop\":\"../d\",\"exp\":1795000060}",
                "{\"sub\":\"b\",\"drop\":[\"d\"],\"exp\":1795000060}",
                "{\"sub\":17,\"drop\":\"d\",\"exp\":1795000060}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":-1}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":9223372036854775807}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":1e400}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":NaN}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":1795000060,\"nbf\":9223372036854775807}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":1795000060,\"nbf\":-1}",
                "{\"sub\":[\"b\"],\"drop\":\"d\",\"exp\":1795000060}",
                "{\"sub\":null,\"drop\":\"d\",\"exp\":1795000060}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":null}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":\"1795000060\"}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":{}}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":1795000060,\"nbf\":\"soon\"}",
                "{\"sub\":\"b\",\"drop\":\"d\",\"exp\":1795000060",
                "[]",
                "null",
                ""
            })
    void shouldRefuseClaimsThatSayTooLittleOrNothing(final String claims) {
        assertRefused(RawTokens.signed(RawTokens.HS256, claims), "buyer token");
    }

    @Test
    void shouldNotLookIntoWhatIsNotSigned() {
        for (final String header :
                new String[] {"null", "[".repeat(2_000), "{\"alg\":\"HS256\",\"jwk\":{\"oth\":[{}]}}"}) {
            final String content = RawTokens.base64(header) + '.' + RawTokens.base64(CLAIMS);
            assertRefused(content + ".AA", "not signed");
            assertRefused(content + '.', "not signed");
        }
    }

    @Test
    void shouldHoldToFractionsOfASecond() throws InvalidToken {
        final String until = "{\"sub\":\"b-17\",\"drop\":\"d\",\"exp\":" + NOW;
        assertThat(read(RawTokens.signed(RawTokens.HS256, until + ".6}")).expiresAtMs())
                .isEqualTo(NOW * 1_000 + 600);
        assertRefused(RawTokens.signed(RawTokens.HS256, until + ".5}"), "expired");
        assertRefused(withNotBefore(NOW + ".6"), "not valid yet");
        assertThat(read(withNotBefore(NOW + ".5"))).isEqualTo(BUYER);
    }

    @Test
    void shouldNotTakeAKeyForAToken() throws InvalidToken {
        assertThat(tokens.read("Bearer plain-key")).isNull();
        assertThat(tokens.read("Bearer with.one-dot")).isNull();
        assertThat(tokens.read("Basic a.b.c")).isNull();
        assertThat(tokens.read("")).isNull();
    }

    @Test
    void shouldRefuseWhateverStrangersSend() {
        final Random random = new Random(20_261_201);
        final String good = RawTokens.signed(RawTokens.HS256, CLAIMS);
        for (int round = 0; round < 20_000; round++) {
            final byte[] bytes = good.getBytes(StandardCharsets.US_ASCII);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) (' ' + 1 + random.nextInt('~' - ' '));
            }
            final String token = new String(bytes, StandardCharsets.US_ASCII);
            BuyerToken taken = null;
            try {
                taken = read(token);
            } catch (final InvalidToken e) {
                assertThat(e).as("%d: %s", round, token).hasNoCause();
            }
            // The last character of a signature has two bits that mean nothing.
            if (taken != null && !token.startsWith(good.substring(0, good.length() - 1))) {
                assertThat(token).as("round %d", round).isEqualTo(good);
            }
        }
    }

    @Test
    void shouldRefuseASecretThatIsTooShort() {
        assertThatThrownBy(() -> new BuyerTokens("short", () -> 0)).hasMessageContaining("--buyer-token-secret");
        assertThatThrownBy(() -> BuyerTokens.mint("short", BUYER)).hasMessageContaining("--buyer-token-secret");
        assertThatThrownBy(() -> BuyerTokens.mint(RawTokens.SECRET, new BuyerToken("a b", "d", 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
