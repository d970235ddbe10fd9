package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Answer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What the people of a crowd share: a way to the server, a calendar, a book, and the rules of coming again. One thread. */
final class Stage {
    /** How long somebody waits before coming again, if the server does not say; doubled each time, up to the longest. */
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long PATIENCE_NS_MAX = TimeUnit.SECONDS.toNanos(2);
    private static final int DOUBLINGS_MAX = 5;

    private static final int OVERLOADED = 503;
    private static final int TOO_MANY = 429;

    private final Courier courier;
    private final Agenda agenda;
    private final Ledger ledger;
    private final Requests requests;
    private final Manners manners;
    private final String run;

    private long startNs;
    private long settled;

    Stage(
            final Courier courier,
            final Agenda agenda,
            final Ledger ledger,
            final Requests requests,
            final Manners manners,
            final String run) {
        this.courier = courier;
        this.agenda = agenda;
        this.ledger = ledger;
        this.requests = requests;
        this.manners = manners;
        this.run = run;
    }

    /** Whether the server said to come again: it is overloaded, or somebody was too fast. */
    static boolean isToComeAgain(final int status) {
        return status == OVERLOADED || status == TOO_MANY;
    }

    /** The fields of an answer that is an object. */
    static Map<String, Object> fields(final Answer answer) {
        return JsonReading.object(answer.body());
    }

    /** What to call an answer that nobody expects. */
    static String unexpected(final Answer answer) {
        final String problem = answer.problem();
        return Verdicts.UNEXPECTED + " " + answer.status() + (problem.isEmpty() ? "" : " " + problem);
    }

    /** How long to wait before coming again for so manieth a time, not at the same moment as everybody else. */
    static long patienceNs(final int retry, final int retryAfterSeconds, final SplittableRandom random) {
        final long asked = retryAfterSeconds == Answer.NO_RETRY_AFTER
                ? Math.min(PATIENCE_NS_MAX, PATIENCE_NS << Math.min(retry, DOUBLINGS_MAX))
                : Math.min(PATIENCE_NS_MAX, TimeUnit.SECONDS.toNanos(retryAfterSeconds));
        return asked / 2 + random.nextLong(asked + 1);
    }

    Courier courier() {
        return courier;
    }

    Agenda agenda() {
        return agenda;
    }

    Ledger ledger() {
        return ledger;
    }

    Requests requests() {
        return requests;
    }

    Manners manners() {
        return manners;
    }

    /** Tells this rehearsal's buyers, keys and payments from those of others. */
    String run() {
        return run;
    }

    void begin(final long nowNs) {
        startNs = nowNs;
    }

    long startNs() {
        return startNs;
    }

    /** Somebody goes home. */
    void onSettled() {
        settled++;
    }

    long settled() {
        return settled;
    }
}
