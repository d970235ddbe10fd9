package io.holdfast.gateway.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.EdgeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays whole drops over real sockets and files. */
class WarmUpTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final long MANY = Long.MAX_VALUE;
    private static final int ROUNDS = 100;

    @TempDir
    private Path temporary;

    private final AtomicBoolean isDropThere = new AtomicBoolean(true);
    private final AtomicLong realCommands = new AtomicLong(3);

    private WarmUp begin(final Duration longest, final long requestsMax) {
        return begin(new WarmUp.Config(longest, requestsMax, temporary));
    }

    private WarmUp begin(final WarmUp.Config config) {
        return WarmUp.begin(config, EdgeConfig.Limits.DEFAULT, isDropThere::get, realCommands::get);
    }

    private static void awaitEnd(final WarmUp warmUp) {
        await().atMost(Duration.ofSeconds(60)).until(warmUp::hasEnded);
    }

    private static void awaitAnswers(final WarmUp warmUp) {
        await().atMost(Duration.ofSeconds(60)).until(() -> warmUp.answers() > 0 || warmUp.hasEnded());
        assertThat(warmUp.answers()).isPositive();
    }

    private List<Path> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    @Test
    void shouldPlayADropAndLeaveNothingBehind() throws IOException {
        final WarmUp warmUp = begin(LONG, ROUNDS * Crowd.BUYERS);

        awaitEnd(warmUp);

        assertThat(warmUp.answers()).isEqualTo(ROUNDS * Crowd.BUYERS);
        assertThat(leftBehind()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("holdfast-writer", "holdfast-warm-up");
    }

    @Test
    void shouldEndWhenItsTimeIsUp() {
        final WarmUp warmUp = begin(Duration.ofMillis(1), MANY);

        awaitEnd(warmUp);

        assertThat(warmUp.answers()).isLessThan(MANY);
    }

    @Test
    void shouldWaitUntilThereIsSomethingToSell() throws IOException {
        isDropThere.set(false);
        try (WarmUp warmUp = begin(LONG, MANY)) {
            assertThat(leftBehind()).isEmpty();
            assertThat(warmUp.answers()).isZero();
            assertThat(warmUp.hasEnded()).isFalse();

            isDropThere.set(true);

            awaitAnswers(warmUp);
        }
    }

    @Test
    void shouldMakeWayForRealBuyers() throws IOException {
        final WarmUp warmUp = begin(LONG, MANY);
        awaitAnswers(warmUp);

        realCommands.addAndGet(1_000);

        awaitEnd(warmUp);
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void shouldEndInTheMiddleWhenItIsClosed() throws IOException {
        final WarmUp warmUp = begin(LONG, MANY);
        awaitAnswers(warmUp);

        warmUp.close();

        assertThat(warmUp.hasEnded()).isTrue();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void shouldDoNothingWhenToldSo() {
        try (WarmUp warmUp = begin(Duration.ZERO, MANY)) {
            assertThat(warmUp.hasEnded()).isTrue();
        }
    }

    @Test
    void shouldGiveUpWhereThereIsNoRoomForItsFiles() throws IOException {
        final Path file = Files.createFile(temporary.resolve("file"));

        final WarmUp warmUp = begin(new WarmUp.Config(LONG, MANY, file));

        awaitEnd(warmUp);
        assertThat(warmUp.answers()).isZero();
    }
}
