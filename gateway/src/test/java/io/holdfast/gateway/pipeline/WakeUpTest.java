package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Submission;
import io.holdfast.journal.SimulatedDisk;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Looks for a lost wake-up: two event loops publish and flush against a consumer that would sleep for an hour. Each waits
 * until its exchange was taken, so that the consumer is about to park, parks, or has parked whenever one publishes.
 */
@Timeout(300)
class WakeUpTest {
    private static final int ROUNDS = 20_000;

    @Test
    void shouldNeverLeaveWhatWasFlushedToASleepingWriter() throws Exception {
        final SteppedServer server = new SteppedServer(Path.of("/data"), new SimulatedDisk());
        final Semaphore[] taken = {new Semaphore(0), new Semaphore(0)};
        final Thread consumer = new Thread(() -> consume(server, taken), "consumer");
        consumer.setDaemon(true);
        consumer.start();

        final CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(() -> publish(server, 0, taken[0]));
        final CompletableFuture<Boolean> two = CompletableFuture.supplyAsync(() -> publish(server, 1, taken[1]));

        assertThat(one.get(50, TimeUnit.SECONDS)).isTrue();
        assertThat(two.get(50, TimeUnit.SECONDS)).isTrue();
        consumer.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(consumer.isAlive()).isFalse();
    }

    private static void consume(final SteppedServer server, final Semaphore[] taken) {
        final Ring ring = server.ring;
        ring.waitStrategy().bind();
        long next = 0;
        try {
            while (next < 2 * ROUNDS) {
                ring.waitStrategy().deadlineNs(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
                final long available = ring.barrier().waitFor(next);
                for (; next <= available; next++) {
                    final int loop = ring.buffer().get(next).exchange().messageLength();
                    ring.consumed().set(next);
                    taken[loop].release();
                }
            }
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns false when an exchange lay in the ring and nobody came for it. */
    private static boolean publish(final SteppedServer server, final int number, final Semaphore taken) {
        final SteppedServer.Loop loop = server.openLoop(2 * ROUNDS);
        try {
            for (int i = 0; i < ROUNDS; i++) {
                final Exchange exchange = new Exchange();
                exchange.ready(number, true);
                if (loop.submit(exchange) != Submission.ACCEPTED) {
                    throw new IllegalStateException("the ring is full");
                }
                loop.lane().flush();
                if (!taken.tryAcquire(20, TimeUnit.SECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
