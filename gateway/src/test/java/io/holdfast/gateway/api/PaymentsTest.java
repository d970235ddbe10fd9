package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static io.holdfast.gateway.api.EdgeFixture.OLD_PAYMENT_SECRET;
import static io.holdfast.gateway.api.EdgeFixture.PAYMENT_SECRET;
import static io.holdfast.gateway.api.HoldsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentsTest extends ClientFixture {
    @BeforeEach
    void createDrop() throws IOException {
        client.put(
                "/v1/drops/d",
                ADMIN_KEY,
                "{\"skus\":[{\"sku\":\"GA\",\"capacity\":10,\"priceMinor\":4500,\"currency\":\"EUR\"}]}");
    }

    private String hold() throws IOException {
        return client.post(
                        "/v1/drops/d/holds", API_KEY, "{\"buyer\":\"b\",\"items\":[{\"sku\":\"GA\",\"quantity\":2}]}")
                .member("hold");
    }

    private static String body(final String payment, final String hold, final long amountMinor) {
        return "{\"payment\":\"" + payment + "\",\"hold\":\"" + hold + "\",\"amountMinor\":" + amountMinor
                + ",\"currency\":\"EUR\"}";
    }

    private long nowSeconds() {
        return server.sequencer.timeMs() / 1000;
    }

    private HttpConnection.Response pay(final String body) throws IOException {
        return signed(body, "t=" + nowSeconds() + ",v1=" + hmac(PAYMENT_SECRET, nowSeconds() + "." + body));
    }

    private HttpConnection.Response signed(final String body, final String signature) throws IOException {
        return client.request("POST", "/v1/payments", null, body, "Holdfast-Signature: " + signature);
    }

    static String hmac(final String secret, final String text) {
        try {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (final java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldMakeAnOrderWhenTheHoldIsPaid() throws IOException {
        final String hold = hold();

        final HttpConnection.Response paid = pay(body("pi_1", hold, 9000));

        assertThat(paid.status()).isEqualTo(200);
        assertThat(paid.body())
                .isEqualTo("{\"payment\":\"pi_1\",\"hold\":\"" + hold + "\",\"outcome\":\"PAID\",\"order\":\"" + hold
                        + "\",\"reacquired\":false}");
        assertThat(client.get("/v1/holds/" + hold, API_KEY).body())
                .contains("\"status\":\"PAID\"", "\"expiresInMillis\":0", "\"order\":\"" + hold + '"');
        assertProblem(client.request("DELETE", "/v1/holds/" + hold, API_KEY, null), 409, "hold-not-live");
    }

    @Test
    void shouldAnswerTheSameWhenThePaymentComesAgain() throws IOException {
        final String body = body("pi_1", hold(), 9000);

        final HttpConnection.Response first = pay(body);

        assertThat(pay(body).body()).isEqualTo(first.body());
        assertProblem(pay(body.replace("9000", "9001")), 422, "key-reused");
    }

    @Test
    void shouldOweARefundWhenThePaymentDoesNotFit() throws IOException {
        final String hold = hold();
        final String unknown = UUID.randomUUID().toString();

        assertThat(pay(body("pi_1", unknown, 9000)).body())
                .isEqualTo("{\"payment\":\"pi_1\",\"hold\":\"" + unknown
                        + "\",\"outcome\":\"REFUND_DUE\",\"reason\":\"hold-unknown\"}");
        assertThat(pay(body("pi_2", hold, 1)).member("reason")).isEqualTo("amount-mismatch");
        assertThat(pay(body("pi_3", hold, 9000).replace("EUR", "USD")).member("reason"))
                .isEqualTo("currency-mismatch");
        assertThat(pay(body("pi_4", hold, 9000)).member("outcome")).isEqualTo("PAID");
        assertThat(pay(body("pi_5", hold, 9000)).member("reason")).isEqualTo("already-paid");
    }

    @Test
    void shouldSettleTheRefundWhenTheOperatorSaysSo() throws IOException {
        final String hold = hold();
        pay(body("pi/1", hold, 1));

        final HttpConnection.Response settled = client.post("/v1/refunds/pi%2F1/done", ADMIN_KEY, null);

        assertThat(settled.status()).isEqualTo(200);
        assertThat(settled.body())
                .isEqualTo("{\"payment\":\"pi/1\",\"hold\":\"" + hold
                        + "\",\"outcome\":\"REFUND_DUE\",\"reason\":\"amount-mismatch\",\"amountMinor\":1,"
                        + "\"currency\":\"EUR\",\"refund\":\"SETTLED\"}");
        assertThat(client.post("/v1/refunds/pi%2F1/done", ADMIN_KEY, null).status())
                .isEqualTo(200);
        assertProblem(client.post("/v1/refunds/pi_9/done", ADMIN_KEY, null), 404, "unknown-payment");
        assertThat(pay(body("pi/1", hold, 1)).body()).doesNotContain("refund\"");
    }

    @Test
    void shouldListTheRefundsDueInPagesWhenTheOperatorAsks() throws IOException {
        final String hold = hold();
        pay(body("pi_1", hold, 1));
        pay(body("pi_2", hold, 9000));
        pay(body("pi_3", hold, 9000));
        pay(body("pi_4", hold, 9000));
        final String first = "{\"payment\":\"pi_1\",\"hold\":\"" + hold
                + "\",\"outcome\":\"REFUND_DUE\",\"reason\":\"amount-mismatch\",\"amountMinor\":1,"
                + "\"currency\":\"EUR\",\"refund\":\"DUE\"}";

        final HttpConnection.Response page = client.get("/v1/refunds?status=DUE&limit=2", ADMIN_KEY);
        final HttpConnection.Response rest = client.get("/v1/refunds?after=" + page.member("next"), ADMIN_KEY);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).startsWith("{\"refunds\":[" + first + ",{\"payment\":\"pi_3\"");
        assertThat(rest.body())
                .startsWith("{\"refunds\":[{\"payment\":\"pi_4\"")
                .endsWith("}],\"next\":null}");
        client.post("/v1/refunds/pi_1/done", ADMIN_KEY, null);
        assertThat(client.get("/v1/refunds", ADMIN_KEY).body()).startsWith("{\"refunds\":[{\"payment\":\"pi_3\"");
        client.post("/v1/refunds/pi_3/done", ADMIN_KEY, null);
        client.post("/v1/refunds/pi_4/done", ADMIN_KEY, null);
        assertThat(client.get("/v1/refunds", ADMIN_KEY).body()).isEqualTo("{\"refunds\":[],\"next\":null}");
    }

    @Test
    void shouldNameTheParameterWhenAListOfRefundsIsAskedForInAnotherWay() throws IOException {
        for (final String query : new String[] {"status=SETTLED", "status=due", "status=", "status=DUE&status=DUE"}) {
            assertUnknownParameter(query, "status");
        }
        assertUnknownParameter("buyer=b", "buyer");
        assertUnknownParameter("limit=0", "limit");
        assertUnknownParameter("limit=1001", "limit");
        assertUnknownParameter("after=x", "after");
        assertProblem(client.get("/v1/refunds", null), 401, "unauthorized");
        assertProblem(client.get("/v1/refunds", API_KEY), 403, "forbidden");
        assertProblem(client.post("/v1/refunds", ADMIN_KEY, null), 405, "method-not-allowed");
    }

    private void assertUnknownParameter(final String query, final String field) throws IOException {
        final HttpConnection.Response refused = client.get("/v1/refunds?" + query, ADMIN_KEY);
        assertProblem(refused, 400, "invalid-request");
        assertThat(refused.member("field")).as(query).isEqualTo(field);
    }

    @Test
    void shouldTakeAnySecretAndSignatureWhenTheyAreRotated() throws IOException {
        final String body = body("pi_1", hold(), 9000);
        final long t = nowSeconds();

        assertThat(signed(body, "t=" + t + ",v1=" + hmac(OLD_PAYMENT_SECRET, t + "." + body))
                        .status())
                .isEqualTo(200);
        assertThat(signed(
                                body,
                                "v0=x, v1=" + "0".repeat(64) + ", v1="
                                        + hmac(PAYMENT_SECRET, t + "." + body).toUpperCase(java.util.Locale.ROOT)
                                        + ", t=" + t)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldRecordNothingWhenTheSignatureIsWrongOrOld() throws IOException {
        final String hold = hold();
        final String body = body("pi_1", hold, 9000);
        final long t = nowSeconds();
        final String right = hmac(PAYMENT_SECRET, t + "." + body);
        final String[] wrong = {
            "",
            "t=" + t,
            "v1=" + right,
            "t=" + t + ",v1=" + right.substring(1),
            "t=" + t + ",v1=" + "0".repeat(64),
            "t=" + (t + 1) + ",v1=" + right,
            "t=" + t + ",t=" + t + ",v1=" + right,
            "t=x,v1=" + right,
            "t=-" + t + ",v1=" + right,
            "t=" + t + ",v0=" + right,
            "t=" + (t - 301) + ",v1=" + hmac(PAYMENT_SECRET, (t - 301) + "." + body),
            "t=" + (t + 301) + ",v1=" + hmac(PAYMENT_SECRET, (t + 301) + "." + body),
            "t=" + t + ",v1=" + hmac(API_KEY, t + "." + body),
            "t=" + t + ",v1=" + hmac(PAYMENT_SECRET, body),
        };

        for (final String signature : wrong) {
            assertProblem(signed(body, signature), 401, "unauthorized");
        }
        assertProblem(client.post("/v1/payments", API_KEY, body), 401, "unauthorized");
        assertProblem(signed("{", "t=" + t + ",v1=" + right), 401, "unauthorized");
        assertThat(client.get("/v1/holds/" + hold, API_KEY).member("status")).isEqualTo("HELD");
    }

    @Test
    void shouldTakeTheSignatureWhenItIsJustRecentEnough() throws IOException {
        final String body = body("pi_1", hold(), 9000);
        final long t = nowSeconds() - 300;

        assertThat(signed(body, "t=" + t + ",v1=" + hmac(PAYMENT_SECRET, t + "." + body))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldNameTheMemberWhenAPaymentIsMalformed() throws IOException {
        final String sound = body("pi_1", UUID.randomUUID().toString(), 9000);

        assertInvalid(sound.replace("pi_1", ""), "payment");
        assertInvalid(sound.replace("pi_1", "a b"), "payment");
        assertInvalid(sound.replace("pi_1", "x".repeat(256)), "payment");
        assertInvalid(sound.replace("9000", "-1"), "amountMinor");
        assertInvalid(sound.replace("9000", "90.5"), "amountMinor");
        assertInvalid(sound.replace("9000", "9223372036854775808"), "amountMinor");
        assertInvalid(sound.replace("EUR", "eur"), "currency");
        assertInvalid(sound.replace("\"hold\":\"", "\"hold\":\"x"), "hold");
        assertInvalid("{\"payment\":\"pi_1\"}", "hold");
    }

    private void assertInvalid(final String body, final String field) throws IOException {
        final HttpConnection.Response refused = pay(body);
        assertProblem(refused, 400, "invalid-request");
        assertThat(refused.member("field")).isEqualTo(field);
    }
}
