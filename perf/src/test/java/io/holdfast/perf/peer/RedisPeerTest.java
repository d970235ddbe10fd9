package io.holdfast.perf.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedisPeerTest {
    @TempDir
    static Path directory;

    private static RedisPeer peer;
    private static HttpCaller caller;

    @BeforeAll
    static void startPeer() throws Exception {
        peer = RedisPeer.start(0, 2, 4, directory.resolve("redis"), RedisPeer.Persistence.ALWAYS);
        caller = new HttpCaller(peer);
    }

    @AfterAll
    static void stopPeer() {
        peer.close();
    }

    @Test
    void shouldGrantExactlyTheStockWhenManyAskAtOnce() throws Exception {
        caller.putDrop("crowd", drop(50, 0));

        final List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            asked.add(caller.buyLater("crowd", "b-" + i, "press-" + i, 1));
        }
        final List<HttpResponse<String>> answers =
                asked.stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(50);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .hasSize(350)
                .allSatisfy(answer -> assertThat(answer.body()).contains("\"code\":\"sold-out\""));
        assertThat(answers.stream().map(HttpResponse::body).filter(body -> body.contains("\"hold\"")))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldAnswerAsTheProductDoesWhenAHoldIsGranted() throws Exception {
        caller.putDrop("form", drop(5, 4));

        final HttpResponse<String> answer = caller.buy("form", "b-1", "press-1", 2);

        assertThat(answer.body())
                .matches("\\{\"hold\":\"[0-9a-f-]{36}\",\"drop\":\"form\",\"buyer\":\"b-1\","
                        + "\"items\":\\[\\{\"sku\":\"GA\",\"quantity\":2}],\"status\":\"HELD\",\"sequence\":2,"
                        + "\"createdAt\":\"[^\"]{24}\",\"expiresAt\":\"[^\"]{24}\",\"expiresInMillis\":300000,"
                        + "\"amountMinor\":9000,\"currency\":\"EUR\"}");
        assertThat(answer.headers().firstValue("location").orElseThrow())
                .isEqualTo("/v1/holds/" + answer.body().substring(9, 45));
    }

    @Test
    void shouldGiveTheSameHoldWhenThePressIsRepeated() throws Exception {
        caller.putDrop("again", drop(5, 0));
        final HttpResponse<String> first = caller.buy("again", "b-1", "press-1", 2);

        final HttpResponse<String> second = caller.buy("again", "b-1", "press-1", 2);
        final HttpResponse<String> other = caller.buy("again", "b-2", "press-1", 2);
        final HttpResponse<String> tooMuch = caller.buy("again", "b-3", "press-1", 2);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.headers().firstValue("idempotent-replayed")).contains("true");
        assertThat(hold(second)).isEqualTo(hold(first));
        assertThat(hold(other)).isNotEqualTo(hold(first));
        assertThat(tooMuch.body())
                .contains("sold-out")
                .contains("\"available\":1")
                .contains("\"heldNow\":4");
    }

    @Test
    void shouldRememberSoldOutWhenThePressIsRepeated() throws Exception {
        caller.putDrop("gone", drop(1, 0));
        caller.buy("gone", "b-1", "press-1", 1);
        final HttpResponse<String> first = caller.buy("gone", "b-2", "press-2", 1);

        final HttpResponse<String> second = caller.buy("gone", "b-2", "press-2", 1);

        assertThat(first.statusCode()).isEqualTo(409);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void shouldRefuseWhenTheBuyerHasEnough() throws Exception {
        caller.putDrop("limit", drop(50, 4));
        caller.buy("limit", "b-1", "press-1", 3);

        final HttpResponse<String> beyond = caller.buy("limit", "b-1", "press-2", 2);
        final HttpResponse<String> within = caller.buy("limit", "b-1", "press-3", 1);

        assertThat(beyond.statusCode()).isEqualTo(409);
        assertThat(beyond.body()).contains("buyer-limit");
        assertThat(within.statusCode()).isEqualTo(201);
    }

    @Test
    void shouldRefuseWhenAKeyComesWithOtherItems() throws Exception {
        caller.putDrop("reuse", drop(50, 0));
        caller.buy("reuse", "b-1", "press-1", 1);

        final HttpResponse<String> other = caller.buy("reuse", "b-1", "press-1", 2);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("key-reused");
    }

    @Test
    void shouldSayWhatIsWrongWhenItCannotServe() throws Exception {
        final HttpResponse<String> nowhere = caller.buy("nowhere", "b-1", "press-1", 1);
        final HttpResponse<String> malformed = caller.putDrop("bad", "{\"skus\":5}");

        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.body()).contains("unknown-drop");
        assertThat(malformed.statusCode()).isEqualTo(400);
    }

    @Test
    void shouldHaveWrittenItToItsFileWhenAHoldIsAnswered() throws Exception {
        caller.putDrop("durable", drop(5, 0));

        final HttpResponse<String> answer = caller.buy("durable", "b-1", "press-1", 1);

        final String log = Files.readString(directory.resolve("redis/appendonly.aof"));
        assertThat(log).contains("hold:" + hold(answer));
    }

    private static String hold(final HttpResponse<String> answer) {
        return answer.body().substring(9, 45);
    }

    private static String drop(final int capacity, final int buyerLimit) {
        return "{\"maxPerBuyer\":" + buyerLimit + ",\"skus\":[{\"sku\":\"GA\",\"capacity\":" + capacity
                + ",\"priceMinor\":4500,\"currency\":\"EUR\"}]}";
    }
}
