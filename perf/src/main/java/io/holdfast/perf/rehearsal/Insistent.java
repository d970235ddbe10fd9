package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Answer;
import io.holdfast.perf.load.Failure;
import java.util.SplittableRandom;

/** An errand that is run again, the same request with the same key, until there is an answer or patience ends. */
abstract class Insistent implements Errand {
    private final Stage stage;
    private final SplittableRandom random;

    private int retries;

    Insistent(final Stage stage, final SplittableRandom random) {
        this.stage = stage;
        this.random = random;
    }

    @Override
    public final void onAnswer(final Answer answer, final long sentNs, final long receivedNs) {
        stage.ledger().onService(receivedNs - sentNs);
        if (Stage.isToComeAgain(answer.status())) {
            comeAgain(answer.problem(), answer.retryAfterSeconds());
        } else {
            onVerdict(answer, sentNs, receivedNs);
        }
    }

    @Override
    public final void onFailure(final Failure failure, final String detail) {
        stage.ledger().onFailure(failure);
        comeAgain(failure.label(), Answer.NO_RETRY_AFTER);
    }

    private void comeAgain(final String cause, final int retryAfterSeconds) {
        final long nowNs = System.nanoTime();
        if (retries == stage.manners().retriesMax()) {
            onGivenUp(nowNs);
            return;
        }
        stage.ledger().onRetry(cause);
        final long patienceNs = Stage.patienceNs(retries++, retryAfterSeconds, random);
        stage.agenda().at(nowNs + patienceNs, () -> stage.courier().send(this));
    }

    /** A new request, with all the patience there is. */
    final void startAfresh() {
        retries = 0;
        stage.courier().send(this);
    }

    final Stage stage() {
        return stage;
    }

    final SplittableRandom random() {
        return random;
    }

    /** The answer is not to come again. */
    abstract void onVerdict(Answer answer, long sentNs, long receivedNs);

    /** Nobody knows whether the server has acted. */
    abstract void onGivenUp(long nowNs);
}
