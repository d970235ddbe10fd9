package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.webhook.Receiver.Answer;
import io.holdfast.settlement.webhook.Receiver.Post;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a storefront gets, and what its answer does to a message. */
class WebhookDeliveryTest extends OutboxFixture {
    private Receiver receiver;
    private RunningSender running;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        running = new RunningSender(database.source(), receiver.uri());
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
        receiver.close();
    }

    private static boolean isSigned(final Post post) throws Exception {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                Base64.getDecoder().decode(RunningSender.SECRET.substring("whsec_".length())), "HmacSHA256"));
        mac.update((post.id() + "." + post.header("Webhook-timestamp") + ".").getBytes(StandardCharsets.UTF_8));
        final String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(post.body()));
        return expected.equals(post.header("Webhook-signature"));
    }

    @Test
    void shouldPostTheSignedBodyWhenAMessageIsInTheOutbox() throws Exception {
        final String body = "{\"type\":\"order.paid\", \"data\":{\"buyer\":\"Jürgen 🎫\"}}";
        final long beforeSeconds = System.currentTimeMillis() / 1000;

        database.add("order.paid-1", "h-1", body);
        RunningSender.await(() -> running.figures().delivered() == 1);

        final Post post = receiver.posts().get(0);
        assertThat(receiver.posts()).hasSize(1);
        assertThat(post.method()).isEqualTo("POST");
        assertThat(post.path()).isEqualTo("/hooks?shop=1");
        assertThat(post.text()).isEqualTo(body);
        assertThat(post.id()).isEqualTo("order.paid-1");
        assertThat(post.header("Content-type")).isEqualTo("application/json");
        assertThat(post.header("User-agent")).isEqualTo("Holdfast");
        assertThat(Long.parseLong(post.header("Webhook-timestamp")))
                .isBetween(beforeSeconds, System.currentTimeMillis() / 1000);
        assertThat(isSigned(post)).isTrue();
        assertThat(database.count("status = 'DELIVERED' and attempts = 1 and finished_at is not null"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 400, 401, 404, 500, 502, 504})
    void shouldSendTheSameMessageAgainWhenTheAnswerIsNoSuccess(final int status) throws Exception {
        receiver.answer(status);
        database.add("m-1", "h-1", "{\"spaces\" :  1}");
        RunningSender.await(() -> running.figures().failedAttempts() == 1);
        assertThat(database.count("next_attempt_at between now() + interval '2 s' and now() + interval '6 s'"
                        + " and last_error = 'status " + status + "' and attempts = 1"))
                .isEqualTo(1);

        receiver.answer(202);
        database.pass(Duration.ofSeconds(6));
        RunningSender.await(() -> running.figures().delivered() == 1);

        final List<Post> posts = receiver.posts();
        assertThat(posts).hasSize(2).allMatch(post -> post.id().equals("m-1"));
        assertThat(posts).allMatch(post -> post.text().equals("{\"spaces\" :  1}"));
        assertThat(isSigned(posts.get(1))).isTrue();
        assertThat(database.count("status = 'DELIVERED' and attempts = 2 and last_error is null"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void shouldNotFollowWhenTheAnswerRedirects(final int status) throws Exception {
        try (Receiver elsewhere = new Receiver()) {
            receiver.answer(post ->
                    new Answer(status, Map.of("Location", elsewhere.uri().toString())));
            database.add("m-1", "h-1");
            RunningSender.await(() -> running.figures().failedAttempts() == 1);

            assertThat(elsewhere.posts()).isEmpty();
            assertThat(database.value("last_error", "m-1")).isEqualTo("status " + status);
        }
    }

    @Test
    void shouldGiveUpWhenThreeDaysHavePassedSinceTheFirstAttempt() throws Exception {
        receiver.answer(500);
        database.add("m-1", "h-1");
        RunningSender.await(() -> running.figures().failedAttempts() == 1);

        database.pass(Duration.ofHours(71));
        RunningSender.await(() -> running.figures().failedAttempts() == 2);
        assertThat(database.count("status = 'PENDING' and next_attempt_at < now() + interval '61 minutes'"))
                .isEqualTo(1);
        database.pass(Duration.ofHours(2));
        RunningSender.await(() -> running.figures().failedAttempts() == 3);

        assertThat(running.figures().dead()).isEqualTo(1);
        assertThat(database.count("status = 'DEAD' and attempts = 3 and last_error = 'status 500'"))
                .isEqualTo(1);
    }

    @Test
    void shouldSendTheNextOfTheSubjectWhenOneIsGivenUp() throws Exception {
        receiver.answer(post -> Answer.of(post.id().equals("m-1") ? 500 : 200));
        database.add("m-1", "h-1");
        database.add("m-2", "h-1");
        RunningSender.await(() -> running.figures().failedAttempts() == 1);
        assertThat(receiver.taken()).isEmpty();

        database.pass(Duration.ofDays(4));
        RunningSender.await(() -> running.figures().delivered() == 1);

        assertThat(receiver.taken()).containsExactly("m-2");
        assertThat(database.value("status", "m-1")).isEqualTo("DEAD");
    }

    /** The target wants no more; if it errs, it has lost one message, and not all. */
    @Test
    void shouldGiveUpOneMessageAndHoldTheOthersWhenTheTargetIsGone() throws Exception {
        receiver.answer(410);
        database.add("m-1", "h-1");
        RunningSender.await(() -> running.figures().dead() == 1);
        database.addMany(20, 1, "n-");
        RunningSender.await(() -> !running.sender().status().detail().isEmpty());

        assertThat(running.figures().isTargetAway()).isTrue();
        assertThat(receiver.posts()).hasSize(1);
        assertThat(database.count("status = 'PENDING' and attempts = 0")).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void shouldLeaveTheTargetAloneWhenItAsksTo(final int status) throws Exception {
        receiver.answer(post -> new Answer(status, Map.of("Retry-After", "600")));
        database.add("m-1", "h-1");
        RunningSender.await(() -> running.figures().failedAttempts() == 1);
        database.addMany(20, 1, "n-");
        RunningSender.await(() -> !running.sender().status().detail().isEmpty());

        assertThat(running.figures().isTargetAway()).isTrue();
        assertThat(receiver.posts()).hasSize(1);
        assertThat(
                        database.count(
                                "message_id = 'm-1' and next_attempt_at between now() + interval '590 s' and now() + interval '600 s'"))
                .isEqualTo(1);
    }

    @Test
    void shouldGiveUpAtOnceWhenAMessageCannotBeSentAtAll() throws Exception {
        database.add("m\n1", "h-1");
        database.add("m-2", "h-1");
        RunningSender.await(() -> running.figures().delivered() == 1);

        assertThat(receiver.taken()).containsExactly("m-2");
        assertThat(running.figures().dead()).isEqualTo(1);
        assertThat(database.column("select last_error from holdfast.webhook_outbox where status = 'DEAD'")
                        .get(0))
                .startsWith("cannot be sent");
    }
}
