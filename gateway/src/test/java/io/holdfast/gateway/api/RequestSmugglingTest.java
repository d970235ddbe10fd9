package io.holdfast.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever two parsers could read in two ways is refused, and nothing after it is read. */
class RequestSmugglingTest {
    private static final String SECOND = "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST /v1/payments HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    private static EdgeFixture server;

    @BeforeAll
    static void start() throws IOException {
        server = new EdgeFixture();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                bad("TE and CL", POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bad("CL and TE", POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
                bad("two differing CL", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
                bad("two equal CL", POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
                bad("list of CL", POST + "Content-Length: 2, 2\r\n\r\n{}"),
                bad("negative CL", POST + "Content-Length: -2\r\n\r\n{}"),
                bad("signed CL", POST + "Content-Length: +2\r\n\r\n{}"),
                bad("hexadecimal CL", POST + "Content-Length: 0x2\r\n\r\n{}"),
                bad("empty CL", POST + "Content-Length:\r\n\r\n{}"),
                bad("huge CL", POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
                bad("CL with a space inside", POST + "Content-Length: 2 2\r\n\r\n{}"),
                bad("unknown TE", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                bad("TE not last chunked", POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
                bad("TE identity", POST + "Transfer-Encoding: identity\r\n\r\n"),
                bad("TE twice", POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bad("TE with vertical tab", POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                bad("TE with space before colon", POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
                bad("bare LF after request line", "GET /problems/sold-out HTTP/1.1\nHost: a\r\n\r\n"),
                bad("bare LF after field", "GET /problems/sold-out HTTP/1.1\r\nHost: a\nX: y\r\n\r\n"),
                bad("bare LF at the end", "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\n\n"),
                bad("bare LF before", "\nGET /problems/sold-out HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("bare CR in a field", "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\nX: y\rz\r\n\r\n"),
                bad("bare CR in the request line", "GET /problems/\rsold-out HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("folded field", "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n"),
                bad("field folded by tab", "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\nX: y\r\n\tz\r\n\r\n"),
                bad("first field folded", "GET /problems/sold-out HTTP/1.1\r\n Host: a\r\n\r\n"),
                bad("no Host", "GET /problems/sold-out HTTP/1.1\r\nX: y\r\n\r\n"),
                bad("two Hosts", "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
                bad("Host with a space", "GET /problems/sold-out HTTP/1.1\r\nHost: a b\r\n\r\n"),
                bad("field without colon", "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n"),
                bad("field without name", "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n"),
                bad("NUL in a value", "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n"),
                bad("two spaces", "GET  /problems/sold-out HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("tab in the request line", "GET\t/problems/sold-out HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("space at the end", "GET /problems/sold-out HTTP/1.1 \r\nHost: a\r\n\r\n"),
                bad("no version", "GET /problems/sold-out\r\nHost: a\r\n\r\n"),
                bad("lower case version", "GET /problems/sold-out http/1.1\r\nHost: a\r\n\r\n"),
                bad("not HTTP at all", "\u0016\u0003\u0001\u0002\r\n\r\n"),
                bad("chunk size of nothing", POST + "Transfer-Encoding: chunked\r\n\r\n\r\n\r\n"),
                bad("chunk size with sign", POST + "Transfer-Encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n"),
                bad(
                        "chunk size overflow",
                        POST + "Transfer-Encoding: chunked\r\n\r\n100000000000000002\r\n{}\r\n0\r\n\r\n"),
                bad("chunk longer than it said", POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n"),
                bad("chunk line by bare LF", POST + "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n"));
    }

    private static Arguments bad(final String name, final String request) {
        return Arguments.of(name, request);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void shouldRefuseAndCloseWhenAmbiguous(final String name, final String request) throws IOException {
        try (HttpConnection client = server.connect()) {
            final HttpConnection.Response refused =
                    client.send(request + SECOND).read();

            HoldsTest.assertProblem(refused, 400, "malformed-request");
            assertThat(refused.isClose()).isTrue();
            assertThat(client.isClosed()).isTrue();
        }
    }

    static Stream<Arguments> sound() {
        return Stream.of(
                bad("empty line before", "\r\nGET /problems/sold-out HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("absolute form", "GET http://a/problems/sold-out HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("space after value", "GET /problems/sold-out HTTP/1.1\r\nHost:a \t\r\n\r\n"),
                bad("upper case", "GET /problems/sold-out HTTP/1.1\r\nHOST: a\r\n\r\n"),
                bad(
                        "websocket keys without body",
                        "GET /problems/sold-out HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: a\r\n"
                                + "Sec-WebSocket-Key2: b\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sound")
    void shouldAnswerAndGoOnWhenSound(final String name, final String request) throws IOException {
        try (HttpConnection client = server.connect()) {
            client.send(request + SECOND);

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isEqualTo(200);
        }
    }
}
