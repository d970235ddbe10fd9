package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RequestSizeTest {
    private static final String POST = "POST /v1/drops/d/holds HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + API_KEY
            + "\r\nContent-Type: application/json\r\n";

    private static EdgeFixture server;

    @BeforeAll
    static void start() throws IOException {
        server = new EdgeFixture();
        server.createDrop("d", 10);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpConnection.Response refused(final String request, final int status, final String code)
            throws IOException {
        try (HttpConnection client = server.connect()) {
            final HttpConnection.Response response = client.send(request).read();
            HoldsTest.assertProblem(response, status, code);
            assertThat(response.isClose()).isTrue();
            assertThat(client.isClosed()).isTrue();
            return response;
        }
    }

    private static int statusOf(final String request) throws IOException {
        try (HttpConnection client = server.connect()) {
            return client.send(request).read().status();
        }
    }

    @Test
    void shouldAnswer414WhenTheRequestLineIsAbove4096Bytes() throws IOException {
        final int fixed = "GET / HTTP/1.1".length();

        assertThat(statusOf("GET /" + "x".repeat(4096 - fixed) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .isEqualTo(404);
        refused("GET /" + "x".repeat(4097 - fixed) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "uri-too-long");
        refused("GET /" + "x".repeat(5000), 414, "uri-too-long");
    }

    @Test
    void shouldAnswer431WhenTheHeaderIsAbove8192Bytes() throws IOException {
        final String start = "GET /x HTTP/1.1\r\n";
        final String fields = "Host: a\r\nX: ";
        final int fixed = fields.length() + "\r\n\r\n".length();

        assertThat(statusOf(start + fields + "y".repeat(8192 - fixed) + "\r\n\r\n"))
                .isEqualTo(404);
        refused(start + fields + "y".repeat(8193 - fixed) + "\r\n\r\n", 431, "headers-too-large");
        refused(start + fields + "y".repeat(9000), 431, "headers-too-large");
    }

    @Test
    void shouldAnswer431WhenThereAreMoreThan64Fields() throws IOException {
        assertThat(statusOf("GET /x HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(63) + "\r\n"))
                .isEqualTo(404);
        refused("GET /x HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(64) + "\r\n", 431, "headers-too-large");
    }

    @Test
    void shouldAnswer413WhenTheBodyIsAbove16384Bytes() throws IOException {
        assertThat(statusOf(POST + "Content-Length: 16384\r\n\r\n" + " ".repeat(16384)))
                .isEqualTo(400);
        refused(POST + "Content-Length: 16385\r\n\r\n", 413, "body-too-large");
        refused(POST + "Content-Length: 1000000\r\n\r\n" + " ".repeat(1_000_000), 413, "body-too-large");
    }

    @Test
    void shouldAnswer413WhenAChunkedBodyDoesNotEnd() throws IOException {
        final String chunk = "400\r\n" + " ".repeat(1024) + "\r\n";

        refused(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17), 413, "body-too-large");
        assertThat(statusOf(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(16) + "0\r\n\r\n"))
                .isEqualTo(400);
    }

    @Test
    void shouldAnswer505WhenItIsNotHttp11() throws IOException {
        refused("GET /x HTTP/1.0\r\nHost: a\r\n\r\n", 505, "http-version-not-supported");
        refused("GET /x HTTP/2.0\r\nHost: a\r\n\r\n", 505, "http-version-not-supported");
        refused("GET /x HTTP/3\r\nHost: a\r\n\r\n", 505, "http-version-not-supported");
        refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http-version-not-supported");
    }

    @Test
    void shouldTakeTheHoldWhenItsBodyComesInChunks() throws IOException {
        final String first = "{\"buyer\":\"b";
        final String second = "\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}";
        final String request = POST + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(first.length()) + "\r\n" + first + "\r\n"
                + Integer.toHexString(second.length()) + ";ext=1\r\n" + second + "\r\n"
                + "0\r\nTrailer: x\r\n\r\n";

        assertThat(statusOf(request)).isEqualTo(201);
    }

    @Test
    void shouldAnswerContinueWhenExpected() throws IOException {
        final String body = "{\"buyer\":\"b\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}";
        try (HttpConnection client = server.connect()) {
            client.send(POST + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);

            assertThat(client.send(body).read().status()).isEqualTo(201);
        }
        refused(POST + "Expect: 100-continue\r\nContent-Length: 16385\r\n\r\n", 413, "body-too-large");
        refused(POST + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}", 417, "expectation-failed");
    }
}
