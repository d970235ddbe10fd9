package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerStatus.Condition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The target is away for everyone, and comes back. */
@Tag("slow")
class TargetOutageTest extends OutboxFixture {
    private static final int MESSAGES = 2_000;

    @BeforeEach
    void fill() throws Exception {
        database.addMany(MESSAGES, 1);
    }

    @Test
    void shouldProbeAndDeliverAllWhenTheTargetIsDownAndComesBack() throws Exception {
        final int port;
        final RunningSender running;
        try (Receiver before = new Receiver()) {
            port = before.port();
            running = new RunningSender(database.source(), before.uri());
            RunningSender.await(() -> running.figures().delivered() > 100);
        }
        try (running) {
            RunningSender.await(() -> running.figures().isTargetAway());
            final long probesFrom = running.figures().failedAttempts();
            RunningSender.await(() -> running.figures().failedAttempts() >= probesFrom + 5);

            RunningSender.await(() -> running.sender().status().detail().contains("target"));
            assertThat(running.sender().status().condition()).isEqualTo(Condition.FOLLOWING);
            assertThat(database.count("attempts > 0 and status = 'PENDING'")).isLessThan(60);

            try (Receiver after = new Receiver(port)) {
                RunningSender.await(() -> running.figures().delivered()
                        >= MESSAGES - database.count("attempts > 0 and status = 'PENDING'"));
                assertThat(running.figures().isTargetAway()).isFalse();
                database.pass(Duration.ofMinutes(2));
                RunningSender.await(() -> database.count("status = 'DELIVERED'") == MESSAGES);
                RunningSender.await(() -> running.sender().status().detail().isEmpty());
                assertThat(after.posts()).hasSizeGreaterThan(MESSAGES / 2);
            }
        }
        assertThat(database.count("status = 'DELIVERED'")).isEqualTo(MESSAGES);
    }

    @Test
    void shouldTouchFewMessagesWhenTheTargetAnswersNothingButErrors() throws Exception {
        try (Receiver receiver = new Receiver();
                RunningSender running = new RunningSender(
                        database.source(), receiver.uri(), new Pace(16, 500, 2_000, 60_000, 60_000))) {
            receiver.answer(500);
            RunningSender.await(
                    () -> running.figures().isTargetAway() && running.figures().inFlight() == 0);
            RunningSender.await(() -> running.sender().status().detail().contains("probed"));

            final List<String> ids =
                    receiver.posts().stream().map(Receiver.Post::id).toList();
            assertThat(ids).hasSizeBetween(Circuit.FAILURES_TO_OPEN, 2 * 16).doesNotHaveDuplicates();
            RunningSender.await(() -> database.count("next_attempt_at > now() and attempts = 0") == 0);
        }
    }
}
