package io.holdfast.gateway.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.EdgeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plays whole drops over real sockets and files. */
@Timeout(300)
class WarmUpTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final long MANY = Long.MAX_VALUE;
    private static final int ROUNDS = 100;

    @TempDir
    private Path data;

    private final AtomicBoolean isDropThere = new AtomicBoolean(true);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicLong realCommands = new AtomicLong(3);

    private EdgeConfig.Limits limits = EdgeConfig.Limits.DEFAULT;
    private Path scratch;
    private long diskReserveBytes;
    private long writersBefore;

    @BeforeEach
    void countThreads() {
        scratch = data.resolve("warm-up");
        writersBefore = writers();
    }

    private static long writers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("holdfast-writer"))
                .count();
    }

    private WarmUp begin(final Duration longest, final long requestsMax) {
        return WarmUp.begin(
                new WarmUp.Config(longest, requestsMax),
                new WarmUp.Real(limits, scratch, diskReserveBytes, this::isDropThere, realCommands::get));
    }

    private boolean isDropThere() {
        looks.incrementAndGet();
        return isDropThere.get();
    }

    private static void awaitEnd(final WarmUp warmUp) {
        await().atMost(WITHIN).until(warmUp::hasEnded);
    }

    private static void awaitAnswers(final WarmUp warmUp) {
        await().atMost(WITHIN).until(() -> warmUp.answers() > 0 || warmUp.hasEnded());
        assertThat(warmUp.answers()).isPositive();
    }

    private void requireNothingLeftBehind() {
        assertThat(scratch).doesNotExist();
        assertThat(writers()).isEqualTo(writersBefore);
    }

    @Test
    void shouldPlayADropAndLeaveNothingBehind() {
        final WarmUp warmUp = begin(LONG, ROUNDS * Crowd.BUYERS);

        awaitEnd(warmUp);

        assertThat(warmUp.answers()).isEqualTo(ROUNDS * Crowd.BUYERS);
        requireNothingLeftBehind();
    }

    @Test
    void shouldPlayItToTheEndWhereNobodyMayAskOften() {
        limits = new EdgeConfig.Limits(limits.maxConnections(), 1, 1, limits.eventLoops());

        final WarmUp warmUp = begin(LONG, ROUNDS * Crowd.BUYERS);

        awaitEnd(warmUp);
        assertThat(warmUp.answers()).isEqualTo(ROUNDS * Crowd.BUYERS);
    }

    @Test
    void shouldEndWhenItsTimeIsUp() {
        final WarmUp warmUp = begin(Duration.ofMillis(400), MANY);

        awaitEnd(warmUp);

        requireNothingLeftBehind();
    }

    @Test
    void shouldWaitUntilThereIsSomethingToSell() {
        isDropThere.set(false);
        try (WarmUp warmUp = begin(LONG, MANY)) {
            await().atMost(WITHIN).until(() -> looks.get() > 2);
            requireNothingLeftBehind();
            assertThat(warmUp.answers()).isZero();

            isDropThere.set(true);

            awaitAnswers(warmUp);
        }
    }

    @Test
    void shouldMakeWayForRealBuyers() {
        final WarmUp warmUp = begin(LONG, MANY);
        awaitAnswers(warmUp);

        realCommands.addAndGet(1_000);

        awaitEnd(warmUp);
        requireNothingLeftBehind();
    }

    @Test
    void shouldEndInTheMiddleWhenItIsClosed() {
        final WarmUp warmUp = begin(LONG, MANY);
        awaitAnswers(warmUp);

        warmUp.close();

        awaitEnd(warmUp);
        requireNothingLeftBehind();
    }

    @Test
    void shouldDoNothingWhenToldSo() {
        try (WarmUp warmUp = begin(Duration.ZERO, MANY)) {
            assertThat(warmUp.hasEnded()).isTrue();
        }
    }

    @Test
    void shouldClearAwayWhatAKilledProcessLeft() throws IOException {
        Files.createDirectories(scratch.resolve("journal"));
        Files.writeString(scratch.resolve("journal").resolve("00000000000000000000.log"), "torn");

        final WarmUp warmUp = begin(LONG, Crowd.BUYERS);

        awaitEnd(warmUp);
        assertThat(warmUp.answers()).isPositive();
        requireNothingLeftBehind();
    }

    @Test
    void shouldGiveUpWhereThereIsNoRoomForItsFiles() throws IOException {
        scratch = Files.createFile(data.resolve("file")).resolve("warm-up");

        final WarmUp warmUp = begin(LONG, MANY);

        awaitEnd(warmUp);
        assertThat(warmUp.answers()).isZero();
    }

    @Test
    void shouldLeaveTheReserveOfTheDiskAlone() {
        diskReserveBytes = Long.MAX_VALUE / 2;

        final WarmUp warmUp = begin(LONG, MANY);

        awaitEnd(warmUp);
        assertThat(warmUp.answers()).isZero();
        requireNothingLeftBehind();
    }

    @Test
    void shouldOutliveAnErrorOfWhoIsAsked() {
        final WarmUp warmUp = WarmUp.begin(
                new WarmUp.Config(LONG, MANY),
                new WarmUp.Real(
                        EdgeConfig.Limits.DEFAULT,
                        scratch,
                        0,
                        () -> {
                            throw new OutOfMemoryError("of direct memory, by the test");
                        },
                        realCommands::get));

        awaitEnd(warmUp);

        assertThat(warmUp.answers()).isZero();
    }
}
