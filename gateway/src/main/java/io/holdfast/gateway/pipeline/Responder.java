package io.holdfast.gateway.pipeline;

import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.journal.Journal;
import java.util.ArrayList;
import java.util.List;

/**
 * The third step: keeps decided exchanges until what they saw is durable, then hands them back. The writer's thread only.
 */
final class Responder {
    /** Exchanges that wait for one commit, at most; then it is time to commit. */
    static final int WAITING_MAX = 8_192;

    private final Journal journal;
    private final Exchange[] exchanges = new Exchange[WAITING_MAX];
    private final RingLane[] lanesOf = new RingLane[WAITING_MAX];
    private final List<RingLane> lanes = new ArrayList<>();

    private int waiting;

    Responder(final Journal journal) {
        this.journal = journal;
    }

    boolean isFull() {
        return waiting == WAITING_MAX;
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    /** Keeps an exchange whose answer is filled. */
    void hold(final RingLane lane, final Exchange exchange) {
        lanesOf[waiting] = lane;
        exchanges[waiting++] = exchange;
    }

    /**
     * Hands everything back as answered.
     *
     * @throws IllegalStateException if anything decided is not durable: an answer before its sync is the gravest fault of
     *     all, so this is checked always, where the answers leave
     */
    void respond(final long decidedSequence) {
        if (journal.durableSequence() < decidedSequence || journal.pendingRecords() > 0) {
            throw new IllegalStateException("answers up to command " + decidedSequence + " with only "
                    + journal.durableSequence() + " durable");
        }
        complete(true);
    }

    /** Hands everything back as unknown: the process is about to end. */
    void fail() {
        complete(false);
    }

    private void complete(final boolean answered) {
        for (int i = 0; i < waiting; i++) {
            final RingLane lane = lanesOf[i];
            exchanges[i].complete(answered);
            if (lane.answer(exchanges[i])) {
                lanes.add(lane);
            }
            lanesOf[i] = null;
            exchanges[i] = null;
        }
        waiting = 0;
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).announce();
        }
        lanes.clear();
    }
}
