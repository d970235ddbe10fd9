package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static io.holdfast.gateway.api.HoldsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest extends ClientFixture {
    private static final String HOLD = "{\"buyer\":\"b\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}";

    @BeforeEach
    void createDrop() throws IOException {
        server.createDrop("d", 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/",
                "/v1/drop",
                "/v1/drops/",
                "/v1/dropsy",
                "/v1/drops/d/",
                "/v1/drops//holds",
                "/v1/drops/d/holds/",
                "/v1/drops/d/holds/x",
                "/v1/drops/d/nothing",
                "/v1/holds",
                "/v1/holds/",
                "/v1/payments/x",
                "/v1/refunds/",
                "/v1/refundsy",
                "/v1/refunds/p",
                "/v1/refunds/p/undone",
                "/v2/drops",
                "/problems/",
                "/problems/nothing",
                "*",
                "http://a",
                "ftp://a/v1/drops"
            })
    void shouldAnswer404WhenThePathIsUnknown(final String target) throws IOException {
        assertProblem(client.get(target, API_KEY), 404, "not-found");
    }

    @Test
    void shouldNameTheMethodsWhenTheMethodIsWrong() throws IOException {
        final HttpConnection.Response refused = client.request("PATCH", "/v1/drops/d", ADMIN_KEY, "{}");

        assertProblem(refused, 405, "method-not-allowed");
        assertThat(refused.field("Allow")).isEqualTo("GET, HEAD, PUT, OPTIONS");
        assertThat(client.get("/v1/payments", null).field("Allow")).isEqualTo("POST, OPTIONS");
    }

    @Test
    void shouldNameTheMethodsWhenAskedForOptions() throws IOException {
        final HttpConnection.Response options = client.request("OPTIONS", "/v1/drops/d/holds", null, null);

        assertThat(options.status()).isEqualTo(204);
        assertThat(options.field("Allow")).isEqualTo("POST, GET, HEAD, OPTIONS");
        assertThat(client.request("OPTIONS", "*", null, null).field("Allow"))
                .isEqualTo("GET, HEAD, POST, PUT, DELETE, OPTIONS");
    }

    @Test
    void shouldLeaveOutTheBodyWhenOnlyTheHeadIsAsked() throws IOException {
        final HttpConnection.Response whole = client.get("/v1/drops/d", API_KEY);

        final HttpConnection.Response head = client.request("HEAD", "/v1/drops/d", API_KEY, null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.field("Content-Length"))
                .isEqualTo(Integer.toString(whole.body().length()));
        assertThat(client.get("/v1/drops/d", API_KEY).status()).isEqualTo(200);
    }

    @Test
    void shouldAnswer401WhenThereIsNoRightKey() throws IOException {
        for (final String key : new String[] {null, "wrong", API_KEY + "x", API_KEY.substring(1), ""}) {
            final HttpConnection.Response refused = client.post("/v1/drops/d/holds", key, HOLD);
            assertProblem(refused, 401, "unauthorized");
            assertThat(refused.field("WWW-Authenticate")).startsWith("Bearer");
        }
        assertProblem(
                client.request("GET", "/v1/holds/" + UUID.randomUUID(), null, null, "Authorization: Basic " + API_KEY),
                401,
                "unauthorized");
        assertProblem(client.get("/v1/drops/d", "wrong"), 401, "unauthorized");
    }

    @Test
    void shouldAnswer403WhenTheKeyIsOfTheWrongKind() throws IOException {
        assertProblem(client.post("/v1/drops/d/holds", ADMIN_KEY, HOLD), 403, "forbidden");
        assertProblem(client.post("/v1/drops/d/open", API_KEY, null), 403, "forbidden");
        assertProblem(client.get("/v1/drops", API_KEY), 403, "forbidden");
    }

    @Test
    void shouldTakeTheSchemeInAnyCaseWhenTheKeyIsRight() throws IOException {
        assertThat(client.request("GET", "/v1/drops", null, null, "authorization: bearer " + ADMIN_KEY)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldAnswer415WhenTheBodyIsNotJson() throws IOException {
        final String target = "/v1/drops/d/holds";
        final String length = "Content-Length: " + HOLD.length();
        for (final String type : new String[] {
            "Content-Type: text/plain",
            "Content-Type: application/jsonx",
            "Content-Type: application/json; charset=latin1",
            "X-No: type",
            "Content-Type: application/json\r\nContent-Encoding: gzip",
            "Content-Type: application/json\r\nContent-Encoding: identity"
        }) {
            client.send("POST " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + API_KEY + "\r\n" + type
                    + "\r\n" + length + "\r\n\r\n" + HOLD);
            assertProblem(client.read(), 415, "unsupported-media-type");
        }
        client.send("POST " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + API_KEY
                + "\r\nContent-Type: Application/JSON ; charset=\"UTF-8\"\r\n" + length + "\r\n\r\n" + HOLD);
        assertThat(client.read().status()).isEqualTo(201);
    }

    @Test
    void shouldReadTheNameWhenItIsPercentEncoded() throws IOException {
        server.createDrop("a@b", 1);

        assertThat(client.get("/v1/drops/a%40b", API_KEY).member("drop")).isEqualTo("a@b");
        assertThat(client.get("/v1/drops/%64", API_KEY).member("drop")).isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%", "a%4", "a%zz", "a%20b", "a%2Fb", "a!b", "%C3%A4", "a%00"})
    void shouldAnswer400WhenTheDropsNameIsNone(final String name) throws IOException {
        final HttpConnection.Response refused = client.get("/v1/drops/" + name, API_KEY);

        assertProblem(refused, 400, "invalid-request");
        assertThat(refused.member("field")).isEqualTo("drop");
        assertProblem(client.get("/v1/drops/" + "x".repeat(65), null), 400, "invalid-request");
    }

    @Test
    void shouldDescribeAProblemWhenItsTypeIsFollowed() throws IOException {
        final HttpConnection.Response described = client.get("/problems/sold-out", null);

        assertThat(described.status()).isEqualTo(200);
        assertThat(described.member("status")).isEqualTo("409");
        assertThat(client.get("/problems/uri-too-long", null).status()).isEqualTo(200);
    }

    @Test
    void shouldCloseWhenTheClientWishes() throws IOException {
        final HttpConnection.Response last = client.request("GET", "/v1/drops/d", API_KEY, null, "Connection: Close");

        assertThat(last.status()).isEqualTo(200);
        assertThat(last.isClose()).isTrue();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void shouldDateAndNotStoreWhatItAnswers() throws IOException {
        final HttpConnection.Response answered = client.get("/v1/drops/d", API_KEY);

        assertThat(answered.field("Cache-Control")).isEqualTo("no-store");
        assertThat(answered.field("Date"))
                .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
    }
}
