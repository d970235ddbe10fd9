package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.webhook.Receiver.Answer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One after the other within a subject, side by side otherwise. */
@Tag("slow")
class WebhookOrderTest extends OutboxFixture {
    private static final long SEED = 20_261_101;

    /** No lease ends while a test runs, and none is mistaken for a back-off. */
    private static final Pace PATIENT = new Pace(16, 20_000, 300_000, 20, 100);

    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    /** The number of a message that {@link OutboxDatabase#addMany} added. */
    private static int number(final String messageId) {
        return Integer.parseInt(messageId.substring("m-".length()));
    }

    private List<Integer> takenOfSubject(final int subject, final int subjects) {
        return receiver.taken().stream()
                .map(WebhookOrderTest::number)
                .filter(number -> number % subjects == subject)
                .toList();
    }

    private void assertEachSubjectInOrderAndOnce(final int subjects, final int each) {
        for (int subject = 0; subject < subjects; subject++) {
            final int first = subject == 0 ? subjects : subject;
            final List<Integer> expected =
                    IntStream.range(0, each).mapToObj(i -> first + i * subjects).toList();
            assertThat(takenOfSubject(subject, subjects))
                    .as("subject %d, seed %d", subject, SEED)
                    .isEqualTo(expected);
        }
    }

    private static Receiver.Script failing(final double share) {
        final SplittableRandom random = new SplittableRandom(SEED);
        return post -> {
            synchronized (random) {
                return Answer.of(random.nextDouble() < share ? 500 : 200);
            }
        };
    }

    @Test
    void shouldKeepTheOrderOfASubjectWhenAttemptsFail() throws Exception {
        receiver.answer(failing(0.3));
        database.addMany(50, 6);

        try (RunningSender running = new RunningSender(database.source(), receiver.uri(), PATIENT)) {
            RunningSender.await(() -> {
                skipBackOff();
                return running.figures().delivered() == 300;
            });
        }

        assertEachSubjectInOrderAndOnce(50, 6);
        assertThat(receiver.posts()).hasSizeGreaterThan(300);
    }

    /** What is planned far ahead comes at once; what is being sent stays claimed. */
    private void skipBackOff() throws Exception {
        database.execute("update holdfast.webhook_outbox set next_attempt_at = now()"
                + " where status = 'PENDING' and next_attempt_at > now() + interval '3 s'"
                + " and next_attempt_at not between now() + interval '200 s' and now() + interval '301 s'");
    }

    @Test
    void shouldHoldBackTheRestOfASubjectWhenItsFirstMessageWaits() throws Exception {
        receiver.answer(post -> Answer.of(post.id().equals("m-1") ? 500 : 200));
        database.addMany(10, 3);

        try (RunningSender running = new RunningSender(database.source(), receiver.uri(), PATIENT)) {
            RunningSender.await(() -> running.figures().delivered() == 27);
            RunningSender.await(() -> database.count("status = 'PENDING' and next_attempt_at <= now()") == 0);

            assertThat(takenOfSubject(1, 10)).isEmpty();
            receiver.answer(200);
            database.pass(Duration.ofSeconds(6));
            RunningSender.await(() -> running.figures().delivered() == 30);
        }

        assertEachSubjectInOrderAndOnce(10, 3);
    }

    @Test
    void shouldSendSideBySideAndNoMoreThanAllowedWhenSubjectsDiffer() throws Exception {
        final CountDownLatch sixteen = new CountDownLatch(16);
        receiver.answer(post -> {
            sixteen.countDown();
            sixteen.await();
            return Answer.of(200);
        });
        database.addMany(200, 1);

        try (RunningSender running = new RunningSender(database.source(), receiver.uri(), PATIENT)) {
            RunningSender.await(() -> running.figures().delivered() == 200);
        }

        assertThat(receiver.mostAtOnce()).isEqualTo(16);
    }

    /** Another sender has the head; it finishes it after this one's claim began, and before that locked the next. */
    @Test
    void shouldSendTheNextAtOnceWhenAnotherFinishesItsHeadDuringAClaim() throws Exception {
        receiver.answer(200);
        database.addMany(1, 2);
        database.execute("update holdfast.webhook_outbox set next_attempt_at = now() + interval '250 s' where id = 1");
        final DataSource source = database.sourceWithInterloper(
                "update holdfast.webhook_outbox set status = 'DELIVERED', finished_at = now() where id = 1");

        try (RunningSender running = new RunningSender(source, receiver.uri(), PATIENT)) {
            RunningSender.await(() -> running.figures().delivered() == 1);
        }

        assertThat(receiver.taken()).containsExactly("m-2");
    }

    @Test
    void shouldSendEachOnceAndInOrderWhenTwoSendersRun() throws Exception {
        receiver.answer(failing(0.1));
        database.addMany(100, 6);

        try (RunningSender one = new RunningSender(database.source(), receiver.uri(), PATIENT);
                RunningSender other = new RunningSender(database.source(), receiver.uri(), PATIENT)) {
            RunningSender.await(() -> {
                skipBackOff();
                return one.figures().delivered() + other.figures().delivered() == 600;
            });
            assertThat(one.figures().delivered()).isPositive();
            assertThat(other.figures().delivered()).isPositive();
        }

        assertEachSubjectInOrderAndOnce(100, 6);
    }
}
