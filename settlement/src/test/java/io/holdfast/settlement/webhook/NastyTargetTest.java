package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that answers too little, too slowly, too much. */
class NastyTargetTest extends OutboxFixture {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final CountDownLatch end = new CountDownLatch(1);

    @AfterAll
    void end() {
        end.countDown();
    }

    /** Pauses between two bytes; true when the test is over. */
    private boolean isEndAfterAPause() throws InterruptedException {
        return end.await(5, TimeUnit.MILLISECONDS);
    }

    private void shouldFail(final RawTarget.Writer writer, final String error) throws Exception {
        try (RawTarget target = new RawTarget(writer);
                RunningSender running = new RunningSender(database.source(), target.uri())) {
            database.add("m-1", "h-1");
            RunningSender.await(() -> running.figures().failedAttempts() == 1);

            assertThat(database.value("last_error", "m-1")).contains(error);
            RunningSender.await(() -> target.broken() == target.connections());
            assertThat(running.figures().inFlight()).isZero();
        }
    }

    @Test
    void shouldBreakOffWhenTheTargetDoesNotAnswer() throws Exception {
        shouldFail(out -> {}, "no answer in time");
    }

    @Test
    void shouldBreakOffWhenTheTargetDribblesItsHeaders() throws Exception {
        shouldFail(
                out -> {
                    RawTarget.text(out, OK);
                    while (!isEndAfterAPause()) {
                        RawTarget.text(out, "X-More: 1\r\n");
                    }
                },
                "no answer in time");
    }

    /** Each such answer costs a socket, so there must not be many. */
    @ParameterizedTest
    @ValueSource(strings = {"220 mail.example ESMTP\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"})
    void shouldLeaveTheTargetAloneWhenItSpeaksNoHttp(final String answer) throws Exception {
        try (RawTarget target = new RawTarget(out -> RawTarget.text(out, answer));
                RunningSender running = new RunningSender(database.source(), target.uri())) {
            database.add("m-1", "h-1");
            RunningSender.await(() -> running.figures().failedAttempts() == 1);
            database.addMany(20, 1, "n-");
            RunningSender.await(() -> !running.sender().status().detail().isEmpty());

            assertThat(running.figures().isTargetAway()).isTrue();
            assertThat(target.connections()).isEqualTo(1);
        }
    }

    private void shouldDeliver(final RawTarget.Writer writer, final long writtenMax) throws Exception {
        try (RawTarget target = new RawTarget(writer);
                RunningSender running = new RunningSender(database.source(), target.uri())) {
            database.add("m-1", "h-1");
            RunningSender.await(() -> running.figures().delivered() == 1);

            RunningSender.await(() -> target.broken() == target.connections());
            assertThat(target.written()).isLessThan(writtenMax);
            assertThat(running.figures().failedAttempts()).isZero();
        }
    }

    @Test
    void shouldTakeTheStatusForItWhenTheBodyDribbles() throws Exception {
        shouldDeliver(
                out -> {
                    RawTarget.text(out, OK + "Content-Length: 1000000\r\n\r\n");
                    while (!isEndAfterAPause()) {
                        RawTarget.text(out, ".");
                    }
                },
                1_000);
    }

    @Test
    void shouldReadABoundedPartWhenTheBodyIsEndless() throws Exception {
        shouldDeliver(
                out -> {
                    RawTarget.text(out, OK + "Transfer-Encoding: chunked\r\n\r\n");
                    while (end.getCount() > 0) {
                        RawTarget.text(out, "1000\r\n" + "x".repeat(0x1000) + "\r\n");
                    }
                },
                64 << 20);
    }

    @Test
    void shouldUseAConnectionAgainWhenAnswersAreShort() throws Exception {
        try (RawTarget target = new RawTarget(out -> RawTarget.text(out, OK + "Content-Length: 2\r\n\r\nok"));
                RunningSender running = new RunningSender(database.source(), target.uri())) {
            database.addMany(200, 1);
            RunningSender.await(() -> running.figures().delivered() == 200);

            assertThat(target.connections()).isLessThanOrEqualTo(16);
        }
    }

    /** A slow target keeps so many requests, and nothing more. */
    @Test
    void shouldClaimNoMoreThanItCanSendWhenTheTargetIsSlow() throws Exception {
        try (RawTarget target = new RawTarget(out -> end.await());
                RunningSender running =
                        new RunningSender(database.source(), target.uri(), new Pace(16, 20_000, 50_000, 20, 100))) {
            database.addMany(1_000, 1);
            RunningSender.await(
                    () -> target.connections() == 16 && running.figures().inFlight() == 16);

            assertThat(database.count("status = 'PENDING' and next_attempt_at > now()"))
                    .isLessThanOrEqualTo(2L * OutboxSql.LOOKED_AT_MAX);
        }
        assertThat(database.count("status = 'PENDING' and next_attempt_at > now()"))
                .as("only what was under way stays claimed")
                .isEqualTo(16);
    }
}
