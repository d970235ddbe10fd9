package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static io.holdfast.gateway.api.HoldsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.EdgeConfig;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RatesTest extends ClientFixture {
    RatesTest() {
        super(EdgeFixture.Setting.DEFAULT.with(new EdgeConfig.Limits(100, 1, 1, 1)));
    }

    @BeforeEach
    void createDrop() throws IOException {
        server.createDrop("d", 1_000);
    }

    private HttpConnection.Response place(final String buyer) throws IOException {
        return client.post(
                "/v1/drops/d/holds",
                API_KEY,
                "{\"buyer\":\"" + buyer + "\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}");
    }

    @Test
    void shouldHoldOneBuyerBackAndNotAnotherWhenTheBurstIsUsedUp() throws IOException {
        assertThat(place("a").status()).isEqualTo(201);
        assertThat(place("a").status()).isEqualTo(201);

        final HttpConnection.Response refused = place("a");

        assertProblem(refused, 429, "rate-limited");
        assertThat(refused.field("Retry-After")).isEqualTo("1");
        assertProblem(client.get("/v1/drops/d/holds?buyer=a", API_KEY), 429, "rate-limited");
        assertThat(place("b").status()).isEqualTo(201);
        assertThat(client.get("/v1/drops/d", API_KEY).status()).isEqualTo(200);
    }

    @Test
    void shouldHoldAStrangersAddressBackAndNobodyWithAKeyWhenTheBurstIsUsedUp() throws IOException {
        assertThat(client.get("/v1/drops/d", null).status()).isEqualTo(200);
        assertThat(client.get("/v1/drops/d", null).status()).isEqualTo(200);

        assertProblem(client.get("/v1/drops/d", null), 429, "rate-limited");
        assertThat(client.get("/v1/drops/d", API_KEY).status()).isEqualTo(200);
    }

    @Test
    void shouldFindTheSyntaxWrongBeforeTheRateWhenBothAre() throws IOException {
        place("a");
        place("a");

        assertProblem(client.post("/v1/drops/d/holds", API_KEY, "{\"buyer\":\"a\"}"), 400, "invalid-request");
        assertProblem(client.post("/v1/drops/d/holds", "wrong", "{\"buyer\":\"a\"}"), 401, "unauthorized");
    }
}
