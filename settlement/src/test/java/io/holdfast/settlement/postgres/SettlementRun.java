package io.holdfast.settlement.postgres;

import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.webhook.MessageBodies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.awaitility.Awaitility;

/** A settlement follower that the test steps itself, with short timeouts and plain words for webhooks. */
final class SettlementRun implements AutoCloseable {
    static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(2);

    /** Moves the cursor and looks at it without waiting. */
    private static final SettlementPace AT_ONCE = new SettlementPace(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    final List<Throwable> halts = new ArrayList<>();
    final Database database;
    final SettlementFollower follower;

    private SettlementRun(
            final CommittedLog log,
            final TestDatabase target,
            final Optional<MessageBodies> bodies,
            final boolean isLostTailAccepted) {
        database = Database.open(target.config(), SOCKET_TIMEOUT);
        follower = new SettlementFollower(log, database, bodies, isLostTailAccepted, halts::add, AT_ONCE);
    }

    static SettlementRun of(final CommittedLog log, final TestDatabase target) {
        return new SettlementRun(log, target, Optional.of(new PlainBodies()), false);
    }

    static SettlementRun withoutWebhooks(final CommittedLog log, final TestDatabase target) {
        return new SettlementRun(log, target, Optional.empty(), false);
    }

    static SettlementRun acceptingLostTail(final CommittedLog log, final TestDatabase target) {
        return new SettlementRun(log, target, Optional.of(new PlainBodies()), true);
    }

    /** Follows to the end and lets go again: what a server does between two starts. */
    static void settle(final CommittedLog log, final TestDatabase target) throws Exception {
        try (SettlementRun run = of(log, target)) {
            run.drain();
        }
    }

    /** Steps until there is no more to do for now, and once more: the cursor then stands at the end. */
    SettlementRun drain() throws FollowerException, InterruptedException {
        while (follower.step()) {
            // on
        }
        follower.step();
        return this;
    }

    /** Steps through failures, as the follower's thread does, until nothing is left to do. */
    SettlementRun drainThroughFailures() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            try {
                drain();
                return true;
            } catch (final FollowerException e) {
                return false; // away for now
            }
        });
        return this;
    }

    /** Steps until one fails, and returns that failure. */
    FollowerException stepToFailure() throws InterruptedException {
        try {
            for (int i = 0; i < 100; i++) {
                follower.step();
            }
        } catch (final FollowerException e) {
            return e;
        }
        throw new AssertionError("no step failed; " + status());
    }

    FollowerStatus status() {
        return follower.status();
    }

    SettlementFigures figures() {
        return follower.figures();
    }

    @Override
    public void close() {
        follower.close();
        database.close();
    }

    /** Words that tell the id of a hold, and that is all. */
    static final class PlainBodies implements MessageBodies {
        private final OrderImages images = new OrderImages();

        @Override
        public String hold(final DirectBuffer image, final int offset, final long nowMs) {
            final UUID id = images.holdId(image, offset);
            return "{\"hold\":\"" + id + "\"}";
        }

        @Override
        public String payment(final DirectBuffer image, final int offset) {
            return "{\"payment\":1}";
        }

        @Override
        public String drop(final DirectBuffer image, final int offset) {
            return "{\"drop\":1}";
        }
    }
}
