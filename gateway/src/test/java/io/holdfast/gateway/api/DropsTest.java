package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static io.holdfast.gateway.api.HoldsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DropsTest extends ClientFixture {
    private static final String MINIMAL = "{\"skus\":[{\"sku\":\"GA\",\"capacity\":10}]}";
    private static final String HOLD = "{\"buyer\":\"b\",\"items\":[{\"sku\":\"GA\",\"quantity\":2}]}";

    private HttpConnection.Response create(final String json) throws IOException {
        return client.put("/v1/drops/d", ADMIN_KEY, json);
    }

    @Test
    void shouldFillInTheDefaultsWhenOnlySkusAreGiven() throws IOException {
        final HttpConnection.Response created = create(MINIMAL);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.field("Location")).isEqualTo("/v1/drops/d");
        assertThat(created.body())
                .isEqualTo(
                        "{\"drop\":\"d\",\"name\":\"d\",\"status\":\"OPEN\",\"sequence\":" + created.member("sequence")
                                + ",\"holdSeconds\":300,\"paymentGraceSeconds\":15,\"maxHoldSeconds\":600,\"skus\":"
                                + "[{\"sku\":\"GA\",\"capacity\":10,\"available\":10,\"held\":0,\"sold\":0}]}");
    }

    @Test
    void shouldShowAllThatWasGivenWhenCreated() throws IOException {
        final HttpConnection.Response created = create("{\"name\":\"Z\\u00fcrich \\\"live\\\"\",\"opensAt\":"
                + "\"2033-05-18T05:33:20.5+02:00\",\"closesAt\":\"2033-05-19t03:33:20z\",\"holdSeconds\":60,"
                + "\"paymentGraceSeconds\":0,\"maxHoldSeconds\":61,\"maxPerBuyer\":4,\"skus\":[{\"sku\":\"GA\","
                + "\"capacity\":5000,\"priceMinor\":4500,\"currency\":\"EUR\"},{\"sku\":\"VIP\",\"capacity\":1,"
                + "\"priceMinor\":0,\"currency\":\"EUR\"}]}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body())
                .contains("\"name\":\"Z\u00fcrich \\\"live\\\"\",\"status\":\"SCHEDULED\"")
                .contains("\"opensAt\":\"2033-05-18T03:33:20.500Z\",\"closesAt\":\"2033-05-19T03:33:20.000Z\"")
                .contains("\"holdSeconds\":60,\"paymentGraceSeconds\":0,\"maxHoldSeconds\":61,\"maxPerBuyer\":4")
                .contains("{\"sku\":\"GA\",\"capacity\":5000,\"available\":5000,\"held\":0,\"sold\":0,"
                        + "\"priceMinor\":4500,\"currency\":\"EUR\"}")
                .contains("\"priceMinor\":0,\"currency\":\"EUR\"}]}");
    }

    @Test
    void shouldAnswer200WhenTheSameDefinitionComesAgain() throws IOException {
        create(MINIMAL);
        client.post("/v1/drops/d/holds", API_KEY, HOLD);

        final HttpConnection.Response again = create(MINIMAL.replace("{\"skus\"", "{\"name\":\"d\",\"skus\""));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.field("Location")).isNull();
        assertThat(again.body()).contains("\"held\":2");
        assertProblem(create(MINIMAL.replace("10", "11")), 409, "drop-exists");
    }

    @Test
    void shouldAdaptTheOtherDefaultWhenOneOfTheSecondsIsGiven() throws IOException {
        assertThat(create("{\"holdSeconds\":900," + MINIMAL.substring(1)).body())
                .contains("\"holdSeconds\":900", "\"maxHoldSeconds\":900");
        assertThat(client.put("/v1/drops/e", ADMIN_KEY, "{\"maxHoldSeconds\":60," + MINIMAL.substring(1))
                        .body())
                .contains("\"holdSeconds\":60", "\"maxHoldSeconds\":60");
    }

    @Test
    void shouldNameTheMemberWhenTheDefinitionIsWrong() throws IOException {
        assertInvalid("{}", "skus");
        assertInvalid("{\"skus\":[]}", "skus");
        assertInvalid("{\"skus\":{}}", "skus");
        assertInvalid("{\"skus\":[{\"capacity\":1}]}", "skus[0].sku");
        assertInvalid("{\"skus\":[{\"sku\":\"GA\"}]}", "skus[0].capacity");
        assertInvalid("{\"skus\":[{\"sku\":\"GA\",\"capacity\":0}]}", "skus[0].capacity");
        assertInvalid("{\"skus\":[{\"sku\":\"GA\",\"capacity\":10000001}]}", "skus[0].capacity");
        assertInvalid("{\"skus\":[{\"sku\":\"GA\",\"capacity\":1},{\"sku\":\"GA\",\"capacity\":1}]}", "skus[1].sku");
        assertInvalid("{\"skus\":[{\"sku\":\"GA\",\"capacity\":1,\"priceMinor\":1}]}", "skus[0].currency");
        assertInvalid("{\"skus\":[{\"sku\":\"GA\",\"capacity\":1,\"currency\":\"EUR\"}]}", "skus[0].priceMinor");
        assertInvalid(
                "{\"skus\":[{\"sku\":\"A\",\"capacity\":1,\"priceMinor\":1,\"currency\":\"EUR\"},"
                        + "{\"sku\":\"B\",\"capacity\":1,\"priceMinor\":1,\"currency\":\"USD\"}]}",
                "skus[1]");
        assertInvalid(
                "{\"skus\":[{\"sku\":\"A\",\"capacity\":1,\"priceMinor\":1,\"currency\":\"EUR\"},"
                        + "{\"sku\":\"B\",\"capacity\":1}]}",
                "skus[1]");
        assertInvalid(
                "{\"skus\":[{\"sku\":\"GA\",\"capacity\":1,\"priceMinor\":1000000000001,\"currency\":\"EUR\"}]}",
                "skus[0].priceMinor");
        assertInvalid("{\"holdSeconds\":0," + MINIMAL.substring(1), "holdSeconds");
        assertInvalid("{\"holdSeconds\":86401," + MINIMAL.substring(1), "holdSeconds");
        assertInvalid("{\"holdSeconds\":2,\"maxHoldSeconds\":1," + MINIMAL.substring(1), "holdSeconds");
        assertInvalid("{\"paymentGraceSeconds\":3601," + MINIMAL.substring(1), "paymentGraceSeconds");
        assertInvalid("{\"maxPerBuyer\":-1," + MINIMAL.substring(1), "maxPerBuyer");
        assertInvalid("{\"name\":\"\"," + MINIMAL.substring(1), "name");
        assertInvalid("{\"name\":\"\\ud800\"," + MINIMAL.substring(1), "name");
        assertInvalid("{\"opensAt\":\"tomorrow\"," + MINIMAL.substring(1), "opensAt");
        assertInvalid("{\"opensAt\":\"2033-02-30T00:00:00Z\"," + MINIMAL.substring(1), "opensAt");
        assertInvalid("{\"opensAt\":\"2033-05-18T00:00:00\"," + MINIMAL.substring(1), "opensAt");
        assertInvalid(
                "{\"opensAt\":\"2033-05-18T00:00:00Z\",\"closesAt\":\"2033-05-18T02:00:00+02:00\","
                        + MINIMAL.substring(1),
                "closesAt");
        assertInvalid("{\"colour\":1," + MINIMAL.substring(1), "colour");
    }

    private void assertInvalid(final String json, final String field) throws IOException {
        final HttpConnection.Response refused = create(json);
        assertProblem(refused, 400, "invalid-request");
        assertThat(refused.member("field")).as(json).isEqualTo(field);
        assertThat(refused.member("detail")).contains(field);
    }

    @Test
    void shouldGoThroughItsLifeWhenTheOperatorSaysSo() throws IOException {
        create(MINIMAL);
        final String path = "/v1/drops/d";

        assertThat(client.post(path + "/pause", ADMIN_KEY, "{}").member("status"))
                .isEqualTo("PAUSED");
        assertThat(client.post(path + "/pause", ADMIN_KEY, null).status()).isEqualTo(200);
        assertThat(client.post(path + "/open", ADMIN_KEY, null).member("status"))
                .isEqualTo("OPEN");
        final String hold = client.post(path + "/holds", API_KEY, HOLD).field("Location");
        assertProblem(client.post(path + "/archive", ADMIN_KEY, null), 409, "holds-live");
        assertThat(client.post(path + "/close", ADMIN_KEY, null).member("status"))
                .isEqualTo("CLOSED");
        assertProblem(client.post(path + "/open", ADMIN_KEY, null), 409, "drop-closed");
        assertProblem(client.post(path + "/archive", ADMIN_KEY, null), 409, "holds-live");
        client.request("DELETE", hold, API_KEY, null);
        assertThat(client.post(path + "/archive", ADMIN_KEY, null).status()).isEqualTo(200);
        assertProblem(client.get(path, API_KEY), 404, "unknown-drop");
        assertProblem(create(MINIMAL), 409, "drop-exists");
        assertProblem(client.post("/v1/drops/x/open", ADMIN_KEY, null), 404, "unknown-drop");
    }

    @Test
    void shouldRefuseABodyWhenThePathSaysAll() throws IOException {
        create(MINIMAL);

        assertProblem(client.post("/v1/drops/d/pause", ADMIN_KEY, "{\"why\":1}"), 400, "invalid-request");
        assertProblem(client.post("/v1/drops/d/pause", ADMIN_KEY, "[]"), 400, "invalid-request");
    }

    @Test
    void shouldAdjustStockOnceWhenTheKeyIsRepeated() throws IOException {
        create(MINIMAL);
        final String path = "/v1/drops/d/stock";
        final String less = "{\"sku\":\"GA\",\"delta\":-4}";

        final HttpConnection.Response adjusted = client.request("POST", path, ADMIN_KEY, less, "Idempotency-Key: k1");

        assertThat(adjusted.status()).isEqualTo(200);
        assertThat(adjusted.body()).contains("\"capacity\":6,\"available\":6");
        assertThat(client.request("POST", path, ADMIN_KEY, less, "Idempotency-Key: k1")
                        .body())
                .contains("\"capacity\":6");
        assertProblem(
                client.request("POST", path, ADMIN_KEY, less.replace("4", "5"), "Idempotency-Key: k1"),
                422,
                "key-reused");
        assertProblem(
                client.request("POST", path, ADMIN_KEY, less.replace("4", "7"), "Idempotency-Key: k2"),
                409,
                "stock-in-use");
        final HttpConnection.Response keyless = client.post(path, ADMIN_KEY, less);
        assertProblem(keyless, 400, "invalid-request");
        assertThat(keyless.member("field")).isEqualTo("Idempotency-Key");
        final HttpConnection.Response nothing =
                client.request("POST", path, ADMIN_KEY, "{\"sku\":\"GA\",\"delta\":0}", "Idempotency-Key: k3");
        assertThat(nothing.member("field")).isEqualTo("delta");
    }

    @Test
    void shouldPageWhenDropsAreListed() throws IOException {
        for (int i = 0; i < 3; i++) {
            server.createDrop("drop-" + i, 1);
        }

        final HttpConnection.Response page = client.get("/v1/drops?limit=2", ADMIN_KEY);
        final HttpConnection.Response rest = client.get("/v1/drops?limit=2&after=" + page.member("next"), ADMIN_KEY);

        assertThat(page.body()).startsWith("{\"drops\":[{\"drop\":\"drop-0\"").contains("drop-1");
        assertThat(rest.body()).contains("drop-2").doesNotContain("drop-1").endsWith("],\"next\":null}");
    }

    @Test
    void shouldNameTheParameterWhenTheQueryIsWrong() throws IOException {
        create(MINIMAL);
        for (final String query : new String[] {"limit=0", "limit=1001", "limit=x", "limit=1&limit=2", "limit="}) {
            final HttpConnection.Response refused = client.get("/v1/drops?" + query, ADMIN_KEY);
            assertProblem(refused, 400, "invalid-request");
            assertThat(refused.member("field")).isEqualTo("limit");
        }
        assertThat(client.get("/v1/drops/d/holds?status=held", ADMIN_KEY).member("field"))
                .isEqualTo("status");
        assertThat(client.get("/v1/drops/d/holds?buyer=a+b%20c", ADMIN_KEY).member("field"))
                .isEqualTo("buyer");
        assertThat(client.get("/v1/drops/d/holds?after=-1", ADMIN_KEY).member("field"))
                .isEqualTo("after");
        assertThat(client.get("/v1/drops/d/holds?colour=red", ADMIN_KEY).member("field"))
                .isEqualTo("colour");
    }

    @Test
    void shouldShowStockToStrangersUnlessItIsPrivate() throws IOException {
        create(MINIMAL);

        assertThat(client.get("/v1/drops/d", null).body())
                .isEqualTo(client.get("/v1/drops/d", API_KEY).body());
        assertProblem(client.get("/v1/drops/x", null), 404, "unknown-drop");
        try (EdgeFixture other = new EdgeFixture(EdgeFixture.Setting.DEFAULT.withPrivateStock());
                HttpConnection stranger = other.connect()) {
            other.createDrop("d", 1);
            assertProblem(stranger.get("/v1/drops/d", null), 401, "unauthorized");
            assertThat(stranger.get("/v1/drops/d", API_KEY).status()).isEqualTo(200);
            assertThat(stranger.get("/v1/drops/d", ADMIN_KEY).status()).isEqualTo(200);
        }
    }
}
