package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static io.holdfast.gateway.api.HoldsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.EdgeConfig;
import io.holdfast.gateway.access.RawTokens;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buyers who call by themselves, with a token that the storefront has given them. */
class BuyersTest extends ClientFixture {
    private static final EdgeConfig.Browsers TOKENS = new EdgeConfig.Browsers(Optional.of(RawTokens.SECRET), List.of());
    private static final String ITEMS = "\"items\":[{\"sku\":\"GA\",\"quantity\":1}]";
    private static final String ANONYMOUS = "{" + ITEMS + "}";

    private String token;

    BuyersTest() {
        super(EdgeFixture.Setting.DEFAULT.with(TOKENS));
    }

    @BeforeEach
    void createDrops() throws IOException {
        server.createDrop("d", 10);
        server.createDrop("other", 10);
        token = token("b-17", "d");
    }

    private String token(final String buyer, final String drop) {
        return RawTokens.of(buyer, drop, server.sequencer.timeMs() / 1_000 + 3_600);
    }

    private static String named(final String buyer) {
        return "{\"buyer\":\"" + buyer + "\"," + ITEMS + "}";
    }

    private String placeOf(final String buyer, final String drop) throws IOException {
        final HttpConnection.Response placed = client.post("/v1/drops/" + drop + "/holds", API_KEY, named(buyer));
        assertThat(placed.status()).isEqualTo(201);
        return placed.field("Location");
    }

    @Test
    void shouldPlaceTheBearersHoldWhetherItSaysWhoItIsOrNot() throws IOException {
        final HttpConnection.Response anonymous = client.post("/v1/drops/d/holds", token, ANONYMOUS);
        final HttpConnection.Response named = client.post("/v1/drops/d/holds", token, named("b-17"));
        final HttpConnection.Response escaped =
                client.post("/v1/drops/d/holds", token, "{\"\\u0069tems\":[{\"sku\":\"GA\",\"quantity\":1}]}");

        for (final HttpConnection.Response placed : List.of(anonymous, named, escaped)) {
            assertThat(placed.status()).as(placed.toString()).isEqualTo(201);
            assertThat(placed.member("buyer")).isEqualTo("b-17");
            assertThat(placed.member("drop")).isEqualTo("d");
        }
    }

    @Test
    void shouldKnowThePressAgainByItsKeyHoweverTheBuyerIsNamed() throws IOException {
        final HttpConnection.Response first =
                client.request("POST", "/v1/drops/d/holds", token, ANONYMOUS, "Idempotency-Key: press-1");

        final HttpConnection.Response again =
                client.request("POST", "/v1/drops/d/holds", API_KEY, named("b-17"), "Idempotency-Key: press-1");

        assertThat(again.field("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.member("hold")).isEqualTo(first.member("hold"));
    }

    @Test
    void shouldNeedTheBuyerOfAKeyEvenAfterATokenDidNot() throws IOException {
        assertThat(client.post("/v1/drops/d/holds", token, ANONYMOUS).status()).isEqualTo(201);

        final HttpConnection.Response refused = client.post("/v1/drops/d/holds", API_KEY, ANONYMOUS);

        assertProblem(refused, 400, "invalid-request");
        assertThat(refused.member("field")).isEqualTo("buyer");
    }

    @Test
    void shouldActForNobodyElse() throws IOException {
        final HttpConnection.Response refused = client.post("/v1/drops/d/holds", token, named("b-18"));

        assertProblem(refused, 403, "forbidden");
        assertThat(refused.member("detail")).contains("another buyer");
        assertThat(refused.field("WWW-Authenticate")).isNull();
        assertProblem(client.get("/v1/drops/d/holds?buyer=b-18", token), 403, "forbidden");
        assertThat(server.sequencer.liveHolds()).isZero();
    }

    @Test
    void shouldActInNoOtherDrop() throws IOException {
        for (final String target : List.of("/v1/drops/other", "/v1/drops/nothing", "/v1/drops/%00")) {
            assertProblem(client.get(target, token), 403, "forbidden");
            assertProblem(client.get(target + "/holds", token), 403, "forbidden");
            assertProblem(client.post(target + "/holds", token, ANONYMOUS), 403, "forbidden");
        }
        assertThat(client.get("/v1/drops/other", token).member("detail")).contains("another drop");
        assertThat(server.sequencer.liveHolds()).isZero();
    }

    @Test
    void shouldTakeTheDropsNameEncodedAsItLikes() throws IOException {
        assertThat(client.get("/v1/drops/%64", token).status()).isEqualTo(200);
    }

    @Test
    void shouldShowExtendAndReleaseTheBearersOwnHold() throws IOException {
        final String own = client.post("/v1/drops/d/holds", token, ANONYMOUS).field("Location");

        assertThat(client.get(own, token).member("buyer")).isEqualTo("b-17");
        assertThat(client.request("HEAD", own, token, null).status()).isEqualTo(200);
        final HttpConnection.Response extended = client.post(own + "/extend", token, "{\"seconds\":500}");
        assertThat(extended.status()).isEqualTo(200);
        assertThat(extended.member("expiresInMillis")).isEqualTo("500000");
        final HttpConnection.Response released = client.request("DELETE", own, token, null);
        assertThat(released.status()).isEqualTo(204);
        assertThat(released.body()).isEmpty();
        assertThat(client.request("DELETE", own, token, null).status()).isEqualTo(204);
        assertThat(client.get(own, token).member("status")).isEqualTo("RELEASED");
        assertProblem(client.post(own + "/extend", token, "{\"seconds\":1}"), 409, "hold-not-live");
    }

    @Test
    void shouldKnowNothingOfOthersHoldsNorOfTheBearersInAnotherDrop() throws IOException {
        final String others = placeOf("b-18", "d");
        final String elsewhere = placeOf("b-17", "other");
        final String missing = "/v1/holds/" + UUID.randomUUID();
        final String unknown = client.get(missing, token).body().replaceFirst("\"sequence\":\\d+", "");

        for (final String hold : List.of(others, elsewhere, missing)) {
            for (final HttpConnection.Response refused : List.of(
                    client.get(hold, token),
                    client.post(hold + "/extend", token, "{\"seconds\":500}"),
                    client.request("DELETE", hold, token, null))) {
                assertProblem(refused, 404, "unknown-hold");
                assertThat(refused.member("sequence")).isNotNull();
                assertThat(refused.body().replaceFirst("\"sequence\":\\d+", "")).isEqualTo(unknown);
            }
        }
        assertThat(client.get(others, API_KEY).body()).contains("\"status\":\"HELD\"", "\"expiresInMillis\":300000");
        assertThat(client.get(elsewhere, API_KEY).member("status")).isEqualTo("HELD");
        assertProblem(client.get("/v1/holds/not-a-uuid", token), 404, "unknown-hold");
    }

    @Test
    void shouldFindTheSyntaxWrongBeforeItLooksWhoseTheHoldIs() throws IOException {
        final String others = placeOf("b-18", "d");

        assertProblem(client.post(others + "/extend", token, "{\"seconds\":0}"), 400, "invalid-request");
        assertProblem(client.post("/v1/drops/d/holds", token, "{\"buyer\":\"b-18\"}"), 400, "invalid-request");
    }

    @Test
    void shouldListTheBearersHoldsWhetherItSaysWhoItIsOrNot() throws IOException {
        placeOf("b-18", "d");
        placeOf("b-17", "other");
        final String own = client.post("/v1/drops/d/holds", token, ANONYMOUS).member("hold");

        for (final String query : List.of("", "?buyer=b-17", "?status=HELD&limit=5")) {
            final HttpConnection.Response listed = client.get("/v1/drops/d/holds" + query, token);
            assertThat(listed.status()).isEqualTo(200);
            assertThat(listed.body())
                    .startsWith("{\"holds\":[{\"hold\":\"" + own + '"')
                    .doesNotContain("b-18", "other");
        }
    }

    @Test
    void shouldLeaveToOperatorsWhatIsTheirs() throws IOException {
        assertProblem(client.get("/v1/drops", token), 403, "forbidden");
        assertProblem(client.post("/v1/drops/d/pause", token, null), 403, "forbidden");
        assertProblem(client.put("/v1/drops/d", token, "{}"), 403, "forbidden");
        assertProblem(client.post("/v1/admin/snapshot", token, null), 403, "forbidden");
        assertProblem(client.get("/v1/refunds", token), 403, "forbidden");
        assertProblem(client.post("/v1/payments", token, "{}"), 401, "unauthorized");
    }

    @Test
    void shouldTurnAwayWhoeverShowsATokenThatIsNotGood() throws IOException {
        final String expired = RawTokens.of("b-17", "d", server.sequencer.timeMs() / 1_000);

        final HttpConnection.Response refused = client.post("/v1/drops/d/holds", expired, ANONYMOUS);

        assertProblem(refused, 401, "unauthorized");
        assertThat(refused.member("detail")).isEqualTo("The buyer token has expired.");
        assertThat(refused.field("WWW-Authenticate")).isEqualTo("Bearer realm=\"holdfast\", error=\"invalid_token\"");
        assertProblem(client.get("/v1/drops/d", expired), 401, "unauthorized");
        assertProblem(client.get("/v1/drops", token + "x"), 401, "unauthorized");
        assertThat(client.get("/v1/drops/d", token).status()).isEqualTo(200);
    }

    @Test
    void shouldEndWithTheTokenInTheMiddleOfAConnection() throws IOException {
        assertThat(client.get("/v1/drops/d", token).status()).isEqualTo(200);

        server.sequencer.advance(3_600_000);

        assertProblem(client.get("/v1/drops/d", token), 401, "unauthorized");
    }

    @Test
    void shouldKnowNoTokensWithoutASecret() throws IOException {
        try (EdgeFixture plain = new EdgeFixture();
                HttpConnection caller = plain.connect()) {
            plain.createDrop("d", 1);

            assertProblem(caller.post("/v1/drops/d/holds", token, ANONYMOUS), 401, "unauthorized");
        }
    }

    @Test
    void shouldShowThePrivateStockOfTheTokensDropAlone() throws IOException {
        try (EdgeFixture closed =
                        new EdgeFixture(EdgeFixture.Setting.DEFAULT.with(TOKENS).withPrivateStock());
                HttpConnection caller = closed.connect()) {
            closed.createDrop("d", 1);
            closed.createDrop("other", 1);

            assertProblem(caller.get("/v1/drops/d", null), 401, "unauthorized");
            assertThat(caller.get("/v1/drops/d", token).member("drop")).isEqualTo("d");
            assertProblem(caller.get("/v1/drops/other", token), 403, "forbidden");
        }
    }

    @Test
    void shouldHoldTheBuyerAndTheAddressBack() throws IOException {
        try (EdgeFixture slow = new EdgeFixture(
                        EdgeFixture.Setting.DEFAULT.with(TOKENS).with(new EdgeConfig.Limits(100, 1, 2, 1)));
                HttpConnection caller = slow.connect()) {
            slow.createDrop("d", 100);

            assertThat(caller.post("/v1/drops/d/holds", token, ANONYMOUS).status())
                    .isEqualTo(201);
            assertThat(caller.get("/v1/drops/d/holds", token).status()).isEqualTo(200);
            assertProblem(caller.get("/v1/holds/" + UUID.randomUUID(), token), 429, "rate-limited");

            final String another = token("b-18", "d");
            assertThat(caller.post("/v1/drops/d/holds", another, ANONYMOUS).status())
                    .isEqualTo(201);
            assertProblem(caller.get("/v1/drops/d/holds", another), 429, "rate-limited");
            assertThat(caller.post("/v1/drops/d/holds", API_KEY, named("b-19")).status())
                    .isEqualTo(201);
            assertProblem(caller.get("/v1/drops/d", another), 429, "rate-limited");
        }
    }

    @Test
    void shouldFindTheReachTooLongBeforeTheRate() throws IOException {
        try (EdgeFixture slow = new EdgeFixture(
                        EdgeFixture.Setting.DEFAULT.with(TOKENS).with(new EdgeConfig.Limits(100, 1, 0, 1)));
                HttpConnection caller = slow.connect()) {
            slow.createDrop("d", 100);
            for (int i = 0; i < 3; i++) {
                assertProblem(caller.post("/v1/drops/d/holds", token, named("b-18")), 403, "forbidden");
            }
            assertThat(caller.post("/v1/drops/d/holds", API_KEY, named("b-18")).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void shouldForgetWhatWasWrongWithATokenBeforeTheNextCall() throws IOException {
        assertProblem(client.get("/v1/drops/d", token + "x"), 401, "unauthorized");

        final HttpConnection.Response refused = client.get("/v1/drops/d/holds", null);

        assertThat(refused.field("WWW-Authenticate")).isEqualTo("Bearer realm=\"holdfast\"");
        assertThat(client.get("/v1/drops", token).status()).isEqualTo(403);
        assertThat(client.get("/v1/drops", ADMIN_KEY).status()).isEqualTo(200);
        assertProblem(client.post("/v1/drops/d/holds", ADMIN_KEY, ANONYMOUS), 403, "forbidden");
        assertProblem(client.get("/v1/drops/d/holds", API_KEY), 403, "forbidden");
    }
}
