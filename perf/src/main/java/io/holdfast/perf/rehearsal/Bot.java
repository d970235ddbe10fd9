package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Answer;
import io.holdfast.perf.load.Failure;
import java.util.HashSet;
import java.util.Set;
import org.agrona.MutableDirectBuffer;

/**
 * Somebody with many connections, who presses Buy on all of them at once as one buyer, and does not come again: with one key,
 * which is one press however often it is made, or with a key on each. One thread, its loop's.
 */
final class Bot {
    private static final int CREATED = 201;

    private final Stage stage;
    private final String name;
    private final int connections;
    private final boolean isOneKey;
    private final Set<String> holds = new HashSet<>();

    private int open;

    Bot(final Stage stage, final int index, final int connections) {
        this.stage = stage;
        this.name = stage.run() + "-bot" + index;
        this.connections = connections;
        this.isOneKey = index % 2 == 0;
    }

    void press() {
        open = connections;
        for (int i = 0; i < connections; i++) {
            stage.courier().send(new Press(isOneKey ? name : name + "-" + i));
        }
    }

    private void onEnd(final String verdict) {
        stage.ledger().onBotVerdict(verdict);
        if (--open == 0) {
            stage.onSettled();
        }
    }

    /** One of its requests. */
    private final class Press implements Errand {
        private final String key;

        Press(final String key) {
            this.key = key;
        }

        @Override
        public int write(final MutableDirectBuffer buffer) {
            return stage.requests().hold(buffer, name, key);
        }

        @Override
        public void onAnswer(final Answer answer, final long sentNs, final long receivedNs) {
            if (answer.status() == CREATED) {
                onHold(answer, sentNs, receivedNs);
                onEnd(Verdicts.HELD);
            } else {
                final String problem = answer.problem();
                onEnd(problem.isEmpty() ? Stage.unexpected(answer) : problem);
            }
        }

        private void onHold(final Answer answer, final long sentNs, final long receivedNs) {
            try {
                final HoldAnswer hold = HoldAnswer.of(Stage.fields(answer));
                stage.ledger().onGrant(hold, name, sentNs, receivedNs);
                holds.add(hold.id());
            } catch (final IllegalArgumentException e) {
                stage.ledger().fault(name + " was answered 201 without a hold: " + e.getMessage());
            }
            if (isOneKey && holds.size() > 1) {
                stage.ledger().fault(name + " has several holds for one key: " + holds);
            }
        }

        @Override
        public void onFailure(final Failure failure, final String detail) {
            stage.ledger().onFailure(failure);
            onEnd(Verdicts.GAVE_UP);
        }
    }
}
