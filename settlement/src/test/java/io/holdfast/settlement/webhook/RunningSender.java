package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerThread;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** A sender on its thread. */
final class RunningSender implements AutoCloseable {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** Gives up on an answer, and on a claim, much sooner than in production. */
    static final Pace FAST = new Pace(16, 500, 2_000, 20, 100);

    private final WebhookSender sender;
    private final FollowerThread thread;

    RunningSender(final DataSource source, final URI target) {
        this(source, target, FAST);
    }

    RunningSender(final DataSource source, final URI target, final Pace pace) {
        sender = new WebhookSender(source, new WebhookConfig(target, List.of(SECRET)), pace);
        thread = new FollowerThread(sender, 5, error -> {
            throw new AssertionError(error);
        });
        thread.start();
    }

    WebhookSender sender() {
        return sender;
    }

    WebhookFigures figures() {
        return sender.figures();
    }

    static void await(final Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    @Override
    public void close() {
        thread.stop(0);
        try {
            assertThat(thread.awaitEnd(20_000)).isTrue();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
