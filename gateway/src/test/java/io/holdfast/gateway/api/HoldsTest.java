package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldsTest extends ClientFixture {
    private static final String HOLD = "{\"buyer\":\"b-17\",\"items\":[{\"sku\":\"GA\",\"quantity\":2}]}";
    private static final String UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final String TIME_PATTERN = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";

    @BeforeEach
    void createDrop() throws IOException {
        client.put(
                "/v1/drops/tour-berlin",
                ADMIN_KEY,
                "{\"name\":\"Berlin\",\"maxPerBuyer\":4,\"skus\":[{\"sku\":\"GA\",\"capacity\":10,"
                        + "\"priceMinor\":4500,\"currency\":\"EUR\"}]}");
    }

    private HttpConnection.Response place(final String json, final String... fields) throws IOException {
        return client.request("POST", "/v1/drops/tour-berlin/holds", API_KEY, json, fields);
    }

    @Test
    void shouldAnswerTheHoldWhenStockIsFree() throws IOException {
        final HttpConnection.Response placed = place(HOLD);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.field("Content-Type")).isEqualTo("application/json");
        assertThat(placed.field("Location")).isEqualTo("/v1/holds/" + placed.member("hold"));
        assertThat(placed.field("Idempotent-Replayed")).isNull();
        assertThat(placed.body())
                .matches("\\{\"hold\":\"" + UUID_PATTERN + "\",\"drop\":\"tour-berlin\",\"buyer\":\"b-17\","
                        + "\"items\":\\[\\{\"sku\":\"GA\",\"quantity\":2}],\"status\":\"HELD\",\"sequence\":\\d+,"
                        + "\"createdAt\":\"" + TIME_PATTERN + "\",\"expiresAt\":\"" + TIME_PATTERN + "\","
                        + "\"expiresInMillis\":300000,\"amountMinor\":9000,\"currency\":\"EUR\"}");
    }

    @Test
    void shouldLeaveOutTheAmountWhenTheDropHasNoPrices() throws IOException {
        server.createDrop("free", 5);

        final HttpConnection.Response placed = client.post("/v1/drops/free/holds", API_KEY, HOLD);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.body()).doesNotContain("amountMinor").doesNotContain("currency");
    }

    @Test
    void shouldReplayTheHoldWhenTheKeyIsRepeatedQuotedOrBare() throws IOException {
        final HttpConnection.Response first = place(HOLD, "Idempotency-Key: press-1");

        final HttpConnection.Response again = place(HOLD, "Idempotency-Key: \"press-1\"");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.field("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.field("Location")).isEqualTo(first.field("Location"));
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void shouldRefuseTheKeyWhenItComesWithOtherItems() throws IOException {
        place(HOLD, "Idempotency-Key: press-1");

        final HttpConnection.Response other =
                place(HOLD.replace("\"quantity\":2", "\"quantity\":1"), "Idempotency-Key: press-1");

        assertProblem(other, 422, "key-reused");
    }

    @Test
    void shouldNameTheLimitWhenTheBuyerHasTooMany() throws IOException {
        place(HOLD);
        place(HOLD);

        final HttpConnection.Response refused = place(HOLD);

        assertProblem(refused, 409, "buyer-limit");
        assertThat(refused.body()).contains("\"maxPerBuyer\":4,\"held\":4");
    }

    @Test
    void shouldTellWhatIsLeftWhenSoldOut() throws IOException {
        for (int buyer = 0; buyer < 5; buyer++) {
            assertThat(place(HOLD.replace("b-17", "b-" + buyer)).status()).isEqualTo(201);
        }

        final HttpConnection.Response refused = place(HOLD.replace("b-17", "late"));

        assertProblem(refused, 409, "sold-out");
        assertThat(refused.body()).contains("\"final\":false,\"available\":0,\"heldNow\":10,\"sku\":\"GA\"");
    }

    @Test
    void shouldAnswer404WhenDropOrSkuIsUnknown() throws IOException {
        assertProblem(client.post("/v1/drops/nothing/holds", API_KEY, HOLD), 404, "unknown-drop");
        assertProblem(place(HOLD.replace("GA", "VIP")), 404, "unknown-sku");
    }

    @Test
    void shouldSayWhenToComeBackWhenTheDropIsNotOpen() throws IOException {
        client.put(
                "/v1/drops/later",
                ADMIN_KEY,
                "{\"opensAt\":\"2033-05-18T05:33:20+02:00\",\"skus\":[{\"sku\":\"GA\",\"capacity\":1}]}");

        final HttpConnection.Response refused = client.post("/v1/drops/later/holds", API_KEY, HOLD);

        assertProblem(refused, 409, "drop-not-open");
        assertThat(refused.member("opensAt")).isEqualTo("2033-05-18T03:33:20.000Z");
        assertThat(Long.parseLong(refused.field("Retry-After"))).isEqualTo(205_000_000L);
    }

    @Test
    void shouldRefuseWhenTheDropIsPausedOrClosed() throws IOException {
        client.post("/v1/drops/tour-berlin/pause", ADMIN_KEY, null);
        assertProblem(place(HOLD), 409, "drop-paused");

        client.post("/v1/drops/tour-berlin/close", ADMIN_KEY, null);
        assertProblem(place(HOLD), 409, "drop-closed");
    }

    @Test
    void shouldShowTheHoldAsItIsWhenAsked() throws IOException {
        final String path = place(HOLD).field("Location");
        server.sequencer.advance(1_000);

        final HttpConnection.Response shown = client.get(path, API_KEY);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body()).contains("\"status\":\"HELD\"").contains("\"expiresInMillis\":299000");
    }

    @Test
    void shouldAnswer404WhenTheHoldIsUnknown() throws IOException {
        assertProblem(client.get("/v1/holds/" + UUID.randomUUID(), API_KEY), 404, "unknown-hold");
        assertProblem(client.get("/v1/holds/not-a-uuid", API_KEY), 404, "unknown-hold");
    }

    @Test
    void shouldExtendUpToTheMaximumWhenAsked() throws IOException {
        final String path = place(HOLD).field("Location");

        final HttpConnection.Response extended = client.post(path + "/extend", API_KEY, "{\"seconds\":86400}");

        assertThat(extended.status()).isEqualTo(200);
        assertThat(extended.body()).contains("\"expiresInMillis\":600000");
    }

    @Test
    void shouldReleaseTwiceWithoutBodyWhenLive() throws IOException {
        final String path = place(HOLD).field("Location");

        final HttpConnection.Response released = client.request("DELETE", path, API_KEY, null);

        assertThat(released.status()).isEqualTo(204);
        assertThat(released.field("Content-Length")).isNull();
        assertThat(released.body()).isEmpty();
        assertThat(client.request("DELETE", path, API_KEY, null).status()).isEqualTo(204);
        assertThat(client.get(path, API_KEY).body()).contains("\"status\":\"RELEASED\"", "\"expiresInMillis\":0");
        assertProblem(client.post(path + "/extend", API_KEY, "{\"seconds\":1}"), 409, "hold-not-live");
    }

    @Test
    void shouldRefuseToReleaseWhenExpired() throws IOException {
        final String path = place(HOLD).field("Location");
        server.sequencer.advance(400_000);

        assertProblem(client.request("DELETE", path, API_KEY, null), 409, "hold-not-live");
    }

    @Test
    void shouldListTheBuyersHoldsWhenTheStorefrontNamesThem() throws IOException {
        final String mine = place(HOLD).member("hold");
        place(HOLD.replace("b-17", "other@example"));

        final HttpConnection.Response listed = client.get("/v1/drops/tour-berlin/holds?buyer=b-17", API_KEY);

        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.body())
                .startsWith("{\"holds\":[{\"hold\":\"" + mine + '"')
                .endsWith("],\"next\":null}")
                .doesNotContain("other");
        assertThat(client.get("/v1/drops/tour-berlin/holds?buyer=other%40example", API_KEY)
                        .body())
                .contains("\"buyer\":\"other@example\"");
    }

    @Test
    void shouldPageThroughAllHoldsWhenAnOperatorAsks() throws IOException {
        for (int buyer = 0; buyer < 3; buyer++) {
            place(HOLD.replace("b-17", "b-" + buyer));
        }

        final HttpConnection.Response page = client.get("/v1/drops/tour-berlin/holds?status=HELD&limit=2", ADMIN_KEY);
        final HttpConnection.Response rest =
                client.get("/v1/drops/tour-berlin/holds?status=HELD&limit=2&after=" + page.member("next"), ADMIN_KEY);

        assertThat(page.body()).contains("\"b-0\"", "\"b-1\"").doesNotContain("\"b-2\"");
        assertThat(rest.body()).contains("\"b-2\"").doesNotContain("\"b-1\"").endsWith("\"next\":null}");
    }

    @Test
    void shouldRefuseToListEverybodyWhenTheStorefrontAsks() throws IOException {
        assertProblem(client.get("/v1/drops/tour-berlin/holds", API_KEY), 403, "forbidden");
        assertProblem(client.get("/v1/drops/nothing/holds?buyer=b", API_KEY), 404, "unknown-drop");
    }

    static void assertProblem(final HttpConnection.Response response, final int status, final String code) {
        assertThat(response.status()).as(response.toString()).isEqualTo(status);
        assertThat(response.field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.body())
                .startsWith("{\"type\":\"/problems/" + code + "\",\"title\":\"")
                .contains("\"status\":" + status + ",\"detail\":\"")
                .contains("\"code\":\"" + code + '"')
                .endsWith("}");
    }
}
