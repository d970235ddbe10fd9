package io.holdfast.settlement.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private long nowNs;
    private final Backoff backoff = new Backoff(() -> nowNs);

    @Test
    void shouldWaitTwiceAsLongAfterEachFailureUpToAMaximum() {
        long waitMs = Backoff.FIRST_MS;
        for (int failure = 0; failure < 20; failure++) {
            assertThat(backoff.allows()).isTrue();
            backoff.failed();

            nowNs += TimeUnit.MILLISECONDS.toNanos(waitMs) - 1;
            assertThat(backoff.allows()).isFalse();
            nowNs++;
            waitMs = Math.min(Backoff.LAST_MS, waitMs * 2);
        }
    }

    @Test
    void shouldAllowAtOnceAfterASuccess() {
        backoff.failed();

        backoff.succeeded();

        assertThat(backoff.allows()).isTrue();
    }
}
