package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignerTest {
    /** What the libraries of Standard Webhooks test with. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1_614_265_330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    /** {@code printf 'new key of 24 bytes long' | base64}; signed with {@code openssl dgst -sha256 -hmac}. */
    private static final String OTHER_SECRET = "whsec_bmV3IGtleSBvZiAyNCBieXRlcyBsb25n";

    private static final String OTHER_SIGNATURE = "v1,ifJrj0PxtEmnuhd8GK5Cgoz+IUXaxe1hIGy+P6gcx+s=";

    private static Signer signer(final String... secrets) {
        return new Signer(new WebhookConfig(URI.create("http://localhost/"), List.of(secrets)).keys());
    }

    @Test
    void shouldSignAsPublishedWhenGivenThePublishedExample() {
        assertThat(signer(SECRET).sign(ID, TIMESTAMP, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void shouldSignWithEachSecretWhenTheyRotate() {
        final Signer signer = signer(OTHER_SECRET, SECRET);

        assertThat(signer.sign(ID, TIMESTAMP, BODY)).isEqualTo(OTHER_SIGNATURE + " " + SIGNATURE);
        assertThat(signer.sign(ID, TIMESTAMP, BODY)).isEqualTo(OTHER_SIGNATURE + " " + SIGNATURE);
    }
}
