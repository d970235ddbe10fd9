package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookConfigTest {
    private static final URI TARGET = URI.create("https://shop.example/hooks");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @ParameterizedTest
    @ValueSource(strings = {"ftp://shop.example/", "https:///hooks", "/hooks", "https://user:word@shop.example/"})
    void shouldRefuseATargetThatIsNoWebAddress(final String target) {
        assertThatThrownBy(() -> new WebhookConfig(URI.create(target), List.of(SECRET)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_%%%", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void shouldRefuseASecretAndNotTellItWhenItIsNone(final String secret) {
        assertThatThrownBy(() -> new WebhookConfig(TARGET, List.of(SECRET, secret)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a webhook secret is not whsec_ followed by base64");
    }

    @Test
    void shouldRefuseNoSecretsAndTooMany() {
        assertThatThrownBy(() -> new WebhookConfig(TARGET, List.of())).hasMessageContaining("1 to 8 secrets");
        assertThatThrownBy(() -> new WebhookConfig(TARGET, Collections.nCopies(9, SECRET)))
                .hasMessageContaining("1 to 8 secrets");
    }

    @Test
    void shouldHideItsSecretsWhenPrinted() {
        assertThat(new WebhookConfig(TARGET, List.of(SECRET))).hasToString("https://shop.example/hooks");
    }
}
