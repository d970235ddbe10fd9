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
    private final boolean[] isDecided = new boolean[WAITING_MAX];
    private final List<RingLane> lanes = new ArrayList<>();

    /** Those handed back already lie below {@code handed}; those behind belong to the pipeline. */
    private int waiting;

    private int handed;

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
        add(lane, exchange, true);
    }

    /** Keeps an exchange that was not decided and will not be. */
    void holdUndecided(final RingLane lane, final Exchange exchange) {
        add(lane, exchange, false);
    }

    private void add(final RingLane lane, final Exchange exchange, final boolean decided) {
        lanesOf[waiting] = lane;
        isDecided[waiting] = decided;
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

    /** Hands everything back as unknown: the process is about to end. Goes on where an earlier call threw. */
    void fail() {
        complete(false);
    }

    private void complete(final boolean answered) {
        while (handed < waiting) {
            final RingLane lane = lanesOf[handed];
            if (!lane.isUnannounced()) {
                lanes.add(lane);
            }
            exchanges[handed].complete(answered && isDecided[handed]);
            lane.answer(exchanges[handed]);
            lanesOf[handed] = null;
            exchanges[handed++] = null;
        }
        handed = 0;
        waiting = 0;
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).announce();
        }
        lanes.clear();
    }
}
