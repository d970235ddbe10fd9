package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.webhook.Receiver.Answer;
import io.holdfast.settlement.webhook.Receiver.Post;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sender, or Postgres, ends in the middle. */
@Tag("slow")
class WebhookCrashTest extends OutboxFixture {
    private static final Pace PACE = new Pace(16, 20_000, 50_000, 20, 100);

    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private WebhookSender sender() {
        return new WebhookSender(
                database.source(), new WebhookConfig(receiver.uri(), List.of(RunningSender.SECRET)), PACE);
    }

    @Test
    void shouldSendUnderTheSameIdAgainWhenTheSenderDiedBeforeItWroteTheResult() throws Exception {
        database.add("m-1", "h-1");
        database.add("m-2", "h-1");
        final WebhookSender died = sender();
        died.step();
        RunningSender.await(() -> receiver.taken().size() == 1);

        try (RunningSender next = new RunningSender(database.source(), receiver.uri(), PACE)) {
            RunningSender.await(() -> next.sender().status().condition() == Condition.FOLLOWING);
            assertThat(receiver.posts()).as("claimed still").hasSize(1);
            database.pass(Duration.ofMillis(PACE.leaseMs()));
            RunningSender.await(() -> next.figures().delivered() == 2);
        }

        assertThat(receiver.taken()).containsExactly("m-1", "m-1", "m-2");
        assertThat(receiver.posts().get(1).text())
                .isEqualTo(receiver.posts().get(0).text());
        died.close();
    }

    /** It was suspended, and wakes up when another has taken over. */
    @Test
    void shouldIgnoreAResultWhenTheLeaseHadEnded() throws Exception {
        final CountDownLatch isTakenOver = new CountDownLatch(1);
        receiver.answer(post -> {
            final boolean isFirst = receiver.posts().size() == 1;
            if (isFirst) {
                isTakenOver.await();
            }
            return Answer.of(isFirst ? 500 : 200);
        });
        database.add("m-1", "h-1");
        final WebhookSender suspended = sender();
        suspended.step();
        RunningSender.await(() -> receiver.posts().size() == 1);
        database.pass(Duration.ofMillis(PACE.leaseMs()));
        try (RunningSender next = new RunningSender(database.source(), receiver.uri(), PACE)) {
            RunningSender.await(() -> next.figures().delivered() == 1);
        }

        isTakenOver.countDown();
        RunningSender.await(() -> {
            suspended.step();
            return suspended.figures().inFlight() == 0;
        });
        suspended.step();

        assertThat(suspended.figures().failedAttempts()).isZero();
        assertThat(database.count("status = 'DELIVERED' and attempts = 1")).isEqualTo(1);
        suspended.close();
    }

    @Test
    void shouldGiveBackWhatItHadNotStartedWhenItIsClosed() throws Exception {
        final CountDownLatch end = new CountDownLatch(1);
        receiver.answer(post -> {
            end.await();
            return Answer.of(200);
        });
        database.addMany(40, 1);
        final WebhookSender closed = sender();
        closed.step();
        RunningSender.await(() -> receiver.posts().size() == 16);

        closed.close();

        assertThat(database.count("next_attempt_at > now()")).isEqualTo(16);
        assertThat(database.count("next_attempt_at <= now()")).isEqualTo(24);
        end.countDown();
    }

    @Test
    void shouldGoOnAndLoseNothingWhenPostgresIsAwayForAWhile() throws Exception {
        database.addMany(300, 2);
        try (RunningSender running = new RunningSender(database.source(), receiver.uri())) {
            RunningSender.await(() -> running.figures().delivered() > 50);
            database.stop();
            RunningSender.await(() -> running.sender().status().condition() == Condition.AWAY);
            assertThat(running.sender().status().detail()).contains("outbox");

            database.startAgain();
            RunningSender.await(() -> database.count("status = 'DELIVERED'") == 600);

            assertThat(running.sender().status().condition()).isEqualTo(Condition.FOLLOWING);
            assertThat(receiver.posts().stream().map(Post::id).distinct()).hasSize(600);
        }
    }

    @Test
    void shouldKeepAResultUntilItIsWrittenWhenPostgresGoesAwayBetweenSendAndWrite() throws Exception {
        final CountDownLatch isPostgresAway = new CountDownLatch(1);
        receiver.answer(post -> {
            isPostgresAway.await();
            return Answer.of(200);
        });
        database.add("m-1", "h-1");
        final WebhookSender sender = sender();
        sender.step();
        RunningSender.await(() -> receiver.posts().size() == 1);
        database.stop();
        isPostgresAway.countDown();
        RunningSender.await(() -> receiver.taken().size() == 1);
        RunningSender.await(() -> isAway(sender));

        database.startAgain();
        RunningSender.await(() -> !isAway(sender) && database.count("status = 'DELIVERED'") == 1);

        assertThat(receiver.posts()).hasSize(1);
        sender.close();
    }

    private static boolean isAway(final WebhookSender sender) throws InterruptedException {
        try {
            sender.step();
            return false;
        } catch (final FollowerException e) {
            return true;
        }
    }

    @Test
    void shouldSayThatItIsAwayWhenThereIsNoOutboxYet() throws Exception {
        database.execute("alter table holdfast.webhook_outbox rename to elsewhere");
        final WebhookSender sender = sender();
        try {
            assertThatThrownBy(sender::step)
                    .isInstanceOf(FollowerException.class)
                    .hasMessageContaining("webhook_outbox");
            assertThat(sender.status().isDegraded()).isTrue();
        } finally {
            database.execute("alter table holdfast.elsewhere rename to webhook_outbox");
            sender.close();
        }
    }
}
