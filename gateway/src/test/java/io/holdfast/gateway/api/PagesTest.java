package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static io.holdfast.gateway.api.HoldsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.EdgeConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages of a storefront may read in a browser: the CORS protocol. */
class PagesTest extends ClientFixture {
    private static final String SHOP = "https://shop.example";
    private static final String HOLD = "{\"buyer\":\"b\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}";

    PagesTest() {
        super(EdgeFixture.Setting.DEFAULT.with(
                new EdgeConfig.Browsers(Optional.empty(), List.of(SHOP, "http://localhost:5173"))));
    }

    @BeforeEach
    void createDrop() throws IOException {
        server.createDrop("d", 1);
    }

    private HttpConnection.Response preflight(final String target, final String origin, final String method)
            throws IOException {
        return client.request(
                "OPTIONS",
                target,
                null,
                null,
                "Origin: " + origin,
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: authorization,content-type,idempotency-key");
    }

    private static void assertReadableBy(final String origin, final HttpConnection.Response response) {
        assertThat(response.field("Access-Control-Allow-Origin"))
                .as(response.toString())
                .isEqualTo(origin);
        assertThat(response.field("Vary")).isEqualTo("Origin");
        assertThat(response.field("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void shouldLetTheShopsPageAskBeforeItPlacesAHold() throws IOException {
        final HttpConnection.Response answer = preflight("/v1/drops/d/holds", SHOP, "POST");

        assertThat(answer.status()).isEqualTo(204);
        assertReadableBy(SHOP, answer);
        assertThat(answer.field("Access-Control-Allow-Methods")).isEqualTo("POST, GET, HEAD");
        assertThat(answer.field("Access-Control-Allow-Headers"))
                .isEqualTo("Authorization, Content-Type, Idempotency-Key, Last-Event-ID");
        assertThat(Integer.parseInt(answer.field("Access-Control-Max-Age"))).isPositive();
        assertThat(preflight("/v1/holds/x", SHOP, "DELETE").field("Access-Control-Allow-Methods"))
                .isEqualTo("GET, HEAD, DELETE");
        assertThat(preflight("/v1/holds/x/extend", SHOP, "POST").field("Access-Control-Allow-Methods"))
                .isEqualTo("POST");
        assertReadableBy("http://localhost:5173", preflight("/v1/drops/d", "http://localhost:5173", "GET"));
    }

    @Test
    void shouldLetTheShopsPageReadEveryAnswer() throws IOException {
        final HttpConnection.Response placed =
                client.request("POST", "/v1/drops/d/holds", API_KEY, HOLD, "Origin: " + SHOP);
        final HttpConnection.Response soldOut =
                client.request("POST", "/v1/drops/d/holds", API_KEY, HOLD, "Origin: " + SHOP);

        assertThat(placed.status()).isEqualTo(201);
        assertReadableBy(SHOP, placed);
        assertThat(placed.field("Access-Control-Expose-Headers"))
                .isEqualTo("Location, Retry-After, Idempotent-Replayed, WWW-Authenticate");
        assertProblem(soldOut, 409, "sold-out");
        assertReadableBy(SHOP, soldOut);
        assertReadableBy(SHOP, client.request("GET", "/v1/drops/d", null, null, "Origin: " + SHOP));
        assertReadableBy(SHOP, client.request("GET", "/v1/drops/d", "wrong", null, "Origin: " + SHOP));
        assertReadableBy(SHOP, client.request("GET", "/nothing", null, null, "Origin: " + SHOP));
        assertReadableBy(SHOP, client.request("DELETE", placed.field("Location"), API_KEY, null, "Origin: " + SHOP));
    }

    @Test
    void shouldLetTheShopsPageReadWhyItsRequestWasCutOff() throws IOException {
        final HttpConnection.Response refused =
                client.request("POST", "/v1/drops/d/holds", API_KEY, " ".repeat(16 * 1024 + 1), "Origin: " + SHOP);

        assertProblem(refused, 413, "body-too-large");
        assertReadableBy(SHOP, refused);
    }

    @Test
    void shouldAnswerOtherPagesWithoutLettingThemRead() throws IOException {
        for (final String origin : List.of(
                "https://shop.example.evil",
                "https://evil",
                "http://shop.example",
                "https://shop.example:444",
                "null")) {
            final HttpConnection.Response asked = preflight("/v1/drops/d/holds", origin, "POST");
            assertThat(asked.status()).isEqualTo(204);
            assertThat(asked.fields())
                    .doesNotContainKeys(
                            "access-control-allow-origin",
                            "access-control-allow-methods",
                            "access-control-allow-headers");
            assertThat(asked.field("Vary")).isEqualTo("Origin");

            final HttpConnection.Response read = client.request("GET", "/v1/drops/d", null, null, "Origin: " + origin);
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.fields()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void shouldForgetTheOriginWithTheRequestThatHadIt() throws IOException {
        client.request("GET", "/v1/drops/d", null, null, "Origin: " + SHOP);

        final HttpConnection.Response without = client.get("/v1/drops/d", null);

        assertThat(without.fields()).doesNotContainKey("access-control-allow-origin");
        assertThat(without.field("Vary")).isEqualTo("Origin");
    }

    @Test
    void shouldNotTakeARefusedHeadForTheRequestBefore() throws IOException {
        client.request("GET", "/v1/drops/d", null, null, "Origin: " + SHOP);

        client.send("GET /v1/drops/d HTTP/1.1\r\nHost: h\r\nX: " + "y".repeat(9_000) + "\r\n\r\n");

        final HttpConnection.Response refused = client.read();
        assertThat(refused.status()).isEqualTo(431);
        assertThat(refused.fields()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void shouldTellAPlainQuestionForOptionsFromAPreflight() throws IOException {
        final HttpConnection.Response plain =
                client.request("OPTIONS", "/v1/drops/d/holds", null, null, "Origin: " + SHOP);

        assertThat(plain.status()).isEqualTo(204);
        assertReadableBy(SHOP, plain);
        assertThat(plain.fields()).doesNotContainKey("access-control-allow-methods");
    }

    @Test
    void shouldLetNoPageDoWhatOperatorsAndProvidersDo() throws IOException {
        for (final String target :
                List.of("/v1/drops", "/v1/drops/d/pause", "/v1/drops/d/stock", "/v1/payments", "/v1/refunds")) {
            final HttpConnection.Response asked = preflight(target, SHOP, "POST");
            assertThat(asked.status()).isEqualTo(204);
            assertThat(asked.fields())
                    .doesNotContainKeys("access-control-allow-methods", "access-control-allow-headers");
        }
        assertThat(preflight("/v1/drops/d", SHOP, "PUT").field("Access-Control-Allow-Methods"))
                .isEqualTo("GET, HEAD");
    }

    @Test
    void shouldSayNothingOfOriginsWhereNoneAreKnown() throws IOException {
        try (EdgeFixture plain = new EdgeFixture();
                HttpConnection caller = plain.connect()) {
            final HttpConnection.Response answer =
                    caller.request("GET", "/v1/drops", ADMIN_KEY, null, "Origin: " + SHOP);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.fields()).doesNotContainKeys("access-control-allow-origin", "vary");
        }
    }

    @Test
    void shouldRefuseTwoOrigins() throws IOException {
        final HttpConnection.Response refused =
                client.request("GET", "/v1/drops/d", null, null, "Origin: " + SHOP, "Origin: http://localhost:5173");

        assertProblem(refused, 400, "malformed-request");
    }
}
