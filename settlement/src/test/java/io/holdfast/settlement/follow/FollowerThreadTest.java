package io.holdfast.settlement.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerThreadTest {
    private static final long HANG_MS = 20_000;

    private final AtomicReference<Throwable> error = new AtomicReference<>();
    private FollowerThread thread;

    /** What one step of the follower under test does. */
    @FunctionalInterface
    private interface Step {
        boolean run(int number) throws FollowerException, InterruptedException;
    }

    private static final class Stepped implements Follower {
        private final Step step;
        private final AtomicInteger steps = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);

        Stepped(final Step step) {
            this.step = step;
        }

        @Override
        public String name() {
            return "stepped";
        }

        @Override
        public boolean step() throws FollowerException, InterruptedException {
            return step.run(steps.incrementAndGet());
        }

        @Override
        public FollowerStatus status() {
            return new FollowerStatus(steps.get(), 0, FollowerStatus.Condition.FOLLOWING, "");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private Stepped start(final Step step) {
        final Stepped follower = new Stepped(step);
        thread = new FollowerThread(follower, 1, error::set);
        thread.start();
        return follower;
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.stop(0);
        assertThat(thread.awaitEnd(HANG_MS)).isTrue();
    }

    @Test
    void shouldGoOnWhenAStepFailed() {
        final Stepped follower = start(number -> {
            if (number == 1) {
                throw new FollowerException("away", null);
            }
            if (number == 2) {
                throw new IllegalStateException("a mistake");
            }
            return false;
        });

        await().until(() -> follower.steps.get() > 3);
        assertThat(error).hasNullValue();
    }

    @Test
    void shouldFollowWhatIsThereBeforeItEndsWhenStopped() throws InterruptedException {
        final CountDownLatch isInStep = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final Stepped follower = start(number -> {
            isInStep.countDown();
            goOn.await();
            return number < 100;
        });
        isInStep.await();

        thread.stop(HANG_MS);
        goOn.countDown();

        assertThat(thread.awaitEnd(HANG_MS)).isTrue();
        assertThat(follower.steps).hasValue(100);
        assertThat(follower.closed.getCount()).isZero();
    }

    @Test
    void shouldEndWithoutFollowingWhenStoppedWithoutTime() throws InterruptedException {
        final Stepped follower = start(number -> true);
        await().until(() -> follower.steps.get() > 0);

        thread.stop(0);

        assertThat(thread.awaitEnd(HANG_MS)).isTrue();
        assertThat(follower.closed.getCount()).isZero();
    }

    @Test
    void shouldEndWhenTheStoreIsAwayAndItIsStopped() throws InterruptedException {
        final Stepped follower = start(number -> {
            throw new FollowerException("away", null);
        });
        await().until(() -> follower.steps.get() > 0);

        thread.stop(HANG_MS);

        assertThat(thread.awaitEnd(HANG_MS)).isTrue();
    }

    @Test
    void shouldInterruptAStepThatHangsWhenStopped() throws InterruptedException {
        final CountDownLatch never = new CountDownLatch(1);
        final Stepped follower = start(number -> {
            never.await();
            return false;
        });
        await().until(() -> follower.steps.get() > 0);

        thread.stop(0);

        // Interrupts it after a millisecond; to end may then take longer than the millisecond that is left for it.
        thread.awaitEnd(1);
        assertThat(thread.awaitEnd(HANG_MS)).isTrue();
        assertThat(follower.closed.getCount()).isZero();
    }

    @Test
    void shouldTellOfAnErrorAndCloseWhenAStepThrowsOne() {
        final Stepped follower = start(number -> {
            throw new OutOfMemoryError("none left");
        });

        await().untilAsserted(() -> assertThat(error.get()).isInstanceOf(OutOfMemoryError.class));
        await().until(() -> follower.closed.getCount() == 0);
    }
}
