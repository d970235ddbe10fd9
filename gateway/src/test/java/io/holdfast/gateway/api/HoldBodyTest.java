package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static io.holdfast.gateway.api.HoldsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that breaks the syntax of a hold gets past the edge. */
class HoldBodyTest {
    private static final String ITEM = "{\"sku\":\"GA\",\"quantity\":1}";

    private static EdgeFixture server;

    @BeforeAll
    static void start() throws IOException {
        server = new EdgeFixture();
        server.createDrop("d", 1_000);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                with("", null),
                with("nonsense", null),
                with("[]", null),
                with("null", null),
                with("\"text\"", null),
                with("{", null),
                with("{}", "buyer"),
                with("{\"buyer\":\"b\"}", "items"),
                with(hold(ITEM) + "x", null),
                with(hold(ITEM) + "{}", null),
                with("\u00ef\u00bb\u00bf" + hold(ITEM), null),
                with("{\"buyer\":\"b\",\"buyer\":\"b\",\"items\":[" + ITEM + "]}", "buyer"),
                with("{\"buyer\":\"b\",\"items\":[" + ITEM + "],\"items\":[" + ITEM + "]}", "items"),
                with(hold("{\"sku\":\"GA\",\"quantity\":1,\"quantity\":1}"), "items[0].quantity"),
                with("{\"buyer\":\"b\",\"items\":[" + ITEM + "],\"extra\":1}", "extra"),
                with(hold("{\"sku\":\"GA\",\"quantity\":1,\"extra\":{}}"), "items[0].extra"),
                with("{\"buyer\":7,\"items\":[" + ITEM + "]}", "buyer"),
                with("{\"buyer\":null,\"items\":[" + ITEM + "]}", "buyer"),
                with("{\"buyer\":\"\",\"items\":[" + ITEM + "]}", "buyer"),
                with("{\"buyer\":\"a b\",\"items\":[" + ITEM + "]}", "buyer"),
                with("{\"buyer\":\"a/b\",\"items\":[" + ITEM + "]}", "buyer"),
                with("{\"buyer\":\"" + "x".repeat(65) + "\",\"items\":[" + ITEM + "]}", "buyer"),
                with("{\"buyer\":\"\u00c1\u0081\",\"items\":[" + ITEM + "]}", null),
                with("{\"buyer\":\"\u00ff\",\"items\":[" + ITEM + "]}", null),
                with("{\"buyer\":\"\u00ed\u00a0\u0080\",\"items\":[" + ITEM + "]}", null),
                with("{\"buyer\":\"\\u00e4\",\"items\":[" + ITEM + "]}", "buyer"),
                with("{\"buyer\":\"b\",\"items\":{}}", "items"),
                with("{\"buyer\":\"b\",\"items\":[]}", "items"),
                with("{\"buyer\":\"b\",\"items\":[1]}", "items[0]"),
                with(hold(ITEM + "," + ITEM), "items[1]"),
                with(hold(nineItems()), "items"),
                with(hold("{\"quantity\":1}"), "items[0].sku"),
                with(hold("{\"sku\":\"GA\"}"), "items[0].quantity"),
                quantity("0"),
                quantity("-1"),
                quantity("-0"),
                quantity("1.0"),
                quantity("1.5"),
                quantity("1e0"),
                quantity("101"),
                quantity("2147483648"),
                quantity("4294967297"),
                quantity("18446744073709551617"),
                quantity("9".repeat(100)),
                quantity("01"),
                quantity("+1"),
                quantity("0x1"),
                quantity("NaN"),
                quantity("Infinity"),
                quantity("\"1\""),
                quantity("true"),
                quantity("null"),
                quantity("[1]"),
                quantity("[".repeat(1_000) + "]".repeat(1_000)),
                with("[".repeat(8_000), null),
                with("{\"a\":".repeat(2_000), "a"));
    }

    private static String hold(final String items) {
        return "{\"buyer\":\"b\",\"items\":[" + items + "]}";
    }

    private static String nineItems() {
        final StringBuilder items = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            items.append(i == 0 ? "" : ",").append(ITEM.replace("GA", "s" + i));
        }
        return items.toString();
    }

    private static Arguments quantity(final String quantity) {
        return with(hold("{\"sku\":\"GA\",\"quantity\":" + quantity + "}"), "items[0].quantity");
    }

    private static Arguments with(final String json, final String field) {
        return Arguments.of(json, field);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldAnswer400AndNameTheMemberWhenTheBodyIsWrong(final String json, final String field) throws IOException {
        try (HttpConnection client = server.connect()) {
            final int before = server.sequencer.liveHolds();

            final HttpConnection.Response refused = client.post("/v1/drops/d/holds", API_KEY, json);

            assertProblem(refused, 400, "invalid-request");
            assertThat(refused.member("field")).isEqualTo(field);
            assertThat(server.sequencer.liveHolds()).isEqualTo(before);
            assertThat(client.get("/nothing", null).status()).isEqualTo(404);
        }
    }

    @Test
    void shouldRefuseUtf16WhenItWouldBeJson() throws IOException {
        for (final String charset : new String[] {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE"}) {
            final byte[] body = hold(ITEM).getBytes(Charset.forName(charset));
            try (HttpConnection client = server.connect()) {
                client.send("POST /v1/drops/d/holds HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + API_KEY
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
                assertProblem(client.send(body).read(), 400, "invalid-request");
            }
        }
    }

    @Test
    void shouldTakeTheHoldWhenItIsSpeltUnusually() throws IOException {
        final String[] spellings = {
            " { \"items\" : [ { \"quantity\" : 1 , \"sku\" : \"GA\" } ] , \"buyer\" : \"b\" } \r\n\t",
            "{\"\\u0062uyer\":\"\\u0062\",\"items\":[{\"sku\":\"G\\u0041\",\"quantity\":1}]}",
            hold(ITEM.replace("1", "100")),
        };
        try (HttpConnection client = server.connect()) {
            for (final String spelling : spellings) {
                final HttpConnection.Response placed = client.post("/v1/drops/d/holds", API_KEY, spelling);
                assertThat(placed.status()).as(spelling + placed).isEqualTo(201);
                assertThat(placed.member("buyer")).isEqualTo("b");
            }
        }
    }

    @Test
    void shouldNameTheFieldWhenTheKeyIsNone() throws IOException {
        try (HttpConnection client = server.connect()) {
            for (final String key :
                    new String[] {"", "\"\"", "a b", "\"a", "\"", "\"a\"b\"", "\"a\\", "x".repeat(256), "\u00e4"}) {
                final HttpConnection.Response refused =
                        client.request("POST", "/v1/drops/d/holds", API_KEY, hold(ITEM), "Idempotency-Key: " + key);
                assertProblem(refused, 400, "invalid-request");
                assertThat(refused.member("field")).isEqualTo("Idempotency-Key");
            }
            assertThat(client.request(
                                    "POST",
                                    "/v1/drops/d/holds",
                                    API_KEY,
                                    hold(ITEM),
                                    "Idempotency-Key: " + "x".repeat(255))
                            .status())
                    .isEqualTo(201);
        }
    }
}
