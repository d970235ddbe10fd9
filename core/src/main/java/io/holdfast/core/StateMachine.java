package io.holdfast.core;

import io.holdfast.core.message.ActivateRulesDecoder;
import io.holdfast.core.message.AdjustStockDecoder;
import io.holdfast.core.message.ArchiveDropDecoder;
import io.holdfast.core.message.CloseDropDecoder;
import io.holdfast.core.message.CreateDropDecoder;
import io.holdfast.core.message.ExpireHoldsDecoder;
import io.holdfast.core.message.ExtendHoldDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.OpenDropDecoder;
import io.holdfast.core.message.PauseDropDecoder;
import io.holdfast.core.message.PlaceHoldDecoder;
import io.holdfast.core.message.QueryDropDecoder;
import io.holdfast.core.message.QueryDropsDecoder;
import io.holdfast.core.message.QueryHoldDecoder;
import io.holdfast.core.message.QueryHoldsDecoder;
import io.holdfast.core.message.QueryRefundsDecoder;
import io.holdfast.core.message.RecordPaymentDecoder;
import io.holdfast.core.message.ReleaseHoldDecoder;
import io.holdfast.core.message.SettleRefundDecoder;
import io.holdfast.core.message.StartServerDecoder;
import io.holdfast.core.store.SlabSource;
import org.agrona.DirectBuffer;

/**
 * The core: commands come in one by one, events go out, and the state is what the events made of it.
 *
 * <p>Three roads lead to the same state, and to the same {@link #stateHash()}: {@link #decide} every command again,
 * {@link #apply} every event, or {@link #loadEntry} a snapshot and apply what came after it. Used by one thread. Any
 * exception but for an {@link IllegalArgumentException} from the beginning of a turn leaves a half-changed state behind:
 * the host must halt.
 */
public final class StateMachine {
    private final State state;
    private final Applier applier;
    private final Turn turn;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DueDecider due;
    private final PlaceHoldDecider placeHold;
    private final LiveHoldDecider liveHold;
    private final PaymentDecider payment;
    private final CreateDropDecider createDrop;
    private final DropDecider drop;
    private final ServerDecider server;
    private final Queries queries;
    private final SnapshotWriter snapshots;
    private final SnapshotLoader loader;

    /**
     * An empty state.
     *
     * @param hashSeed spreads names over the indexes; any value gives the same decisions, a secret one keeps clients
     *     from aiming at one bucket
     */
    public StateMachine(final long hashSeed) {
        this(hashSeed, SlabSource.growing());
    }

    /**
     * An empty state that takes its memory from a source.
     *
     * @param memory asked by the thread that uses the state, whenever that needs more
     */
    public StateMachine(final long hashSeed, final SlabSource memory) {
        state = new State(hashSeed, memory);
        applier = new Applier(state);
        turn = new Turn(state, applier);
        final Refusals refusals = new Refusals(turn);
        due = new DueDecider(turn);
        final SoldOutDecider soldOut = new SoldOutDecider(turn);
        placeHold = new PlaceHoldDecider(turn, due, refusals, header);
        liveHold = new LiveHoldDecider(turn, due, refusals, header);
        payment = new PaymentDecider(turn, due, soldOut, refusals, header);
        createDrop = new CreateDropDecider(turn, refusals, header);
        drop = new DropDecider(turn, soldOut, refusals, header);
        server = new ServerDecider(turn, header);
        queries = new Queries(state, header);
        snapshots = new SnapshotWriter(state);
        loader = applier.newSnapshotLoader();
    }

    /**
     * Gives the memory of the state back at once, not when the collector finds it: it lies outside the heap, so that the
     * collector sees no need. Nothing may be asked of it any more.
     */
    public void discard() {
        state.arena.release();
    }

    /**
     * Decides one command: emits what is due by {@code timeMs}, then the command's own events, each applied at once, and
     * fills the answer (not for {@code ExpireHolds}, {@code StartServer} and {@code ActivateRules}, which have none).
     * {@code StartServer} alone comes before what is due, since it gives older holds more time: the first command after
     * a start must be that one.
     *
     * @param sequence above every earlier one
     * @param timeMs logical time, not below any earlier one
     * @param command an SBE message, header first
     * @param events with room for {@link Limits#eventsLengthMax}
     * @throws IllegalArgumentException if sequence or time step back, the sink is too small, the command is of an
     *     unknown kind, or rules are to be activated that this build does not know; nothing was changed then
     * @throws InvariantViolation if the state contradicts itself
     */
    public void decide(
            final long sequence,
            final long timeMs,
            final DirectBuffer command,
            final int offset,
            final int length,
            final EventSink events,
            final Answer answer) {
        final int template = header.wrap(command, offset).templateId();
        if (template < CreateDropDecoder.TEMPLATE_ID || template > ActivateRulesDecoder.TEMPLATE_ID) {
            throw new IllegalArgumentException("command of unknown kind " + template);
        }
        if (template == ActivateRulesDecoder.TEMPLATE_ID) {
            server.requireKnownRules(command, offset);
        }
        turn.begin(sequence, timeMs, length, events, answer);
        if (template == StartServerDecoder.TEMPLATE_ID) {
            // First of all, or the start itself would expire the holds that it gives more time.
            server.start(command, offset);
        }
        due.emitDue();
        switch (template) {
            case PlaceHoldDecoder.TEMPLATE_ID -> placeHold.place(command, offset);
            case ExtendHoldDecoder.TEMPLATE_ID -> liveHold.extend(command, offset);
            case ReleaseHoldDecoder.TEMPLATE_ID -> liveHold.release(command, offset);
            case RecordPaymentDecoder.TEMPLATE_ID -> payment.record(command, offset);
            case SettleRefundDecoder.TEMPLATE_ID -> payment.settleRefund(command, offset);
            case CreateDropDecoder.TEMPLATE_ID -> createDrop.create(command, offset);
            case OpenDropDecoder.TEMPLATE_ID -> drop.open(command, offset);
            case PauseDropDecoder.TEMPLATE_ID -> drop.pause(command, offset);
            case CloseDropDecoder.TEMPLATE_ID -> drop.close(command, offset);
            case ArchiveDropDecoder.TEMPLATE_ID -> drop.archive(command, offset);
            case AdjustStockDecoder.TEMPLATE_ID -> drop.adjustStock(command, offset);
            case ActivateRulesDecoder.TEMPLATE_ID -> server.activateRules(command, offset);
            case StartServerDecoder.TEMPLATE_ID, ExpireHoldsDecoder.TEMPLATE_ID -> {
                // All there is to it was emitted above.
            }
            default -> throw new IllegalArgumentException("command of unknown kind " + template);
        }
        state.sequence = sequence;
        state.timeMs = timeMs;
    }

    /**
     * Applies one event of a journaled record, in the journal's order.
     *
     * @throws InvariantViolation if it contradicts the state, or is of a kind that this build does not know
     */
    public void apply(
            final long sequence, final long timeMs, final DirectBuffer event, final int offset, final int length) {
        applier.apply(sequence, timeMs, event, offset, length);
    }

    /** Notes that a record was applied whole; a record may be without events. */
    public void applied(final long sequence, final long timeMs) {
        state.sequence = sequence;
        state.timeMs = timeMs;
    }

    /**
     * Answers a query from the state as it is.
     *
     * @param timeMs logical time of the answer
     * @throws IllegalArgumentException if the query is of an unknown kind
     */
    public void query(final long timeMs, final DirectBuffer query, final int offset, final Answer answer) {
        answer.begin(state.sequence, timeMs, false);
        final int template = header.wrap(query, offset).templateId();
        switch (template) {
            case QueryHoldDecoder.TEMPLATE_ID -> queries.hold(query, offset, answer);
            case QueryDropDecoder.TEMPLATE_ID -> queries.drop(query, offset, answer);
            case QueryDropsDecoder.TEMPLATE_ID -> queries.drops(query, offset, answer);
            case QueryHoldsDecoder.TEMPLATE_ID -> queries.holds(query, offset, answer);
            case QueryRefundsDecoder.TEMPLATE_ID -> queries.refunds(query, offset, answer);
            default -> throw new IllegalArgumentException("query of unknown kind " + template);
        }
    }

    /** Sequence of the last command that was decided or applied; 0 before the first. */
    public long sequence() {
        return state.sequence;
    }

    /** Logical time of the last command, in epoch milliseconds. */
    public long timeMs() {
        return state.timeMs;
    }

    /** When the next thing falls due by itself, in logical epoch milliseconds; {@link Long#MAX_VALUE} for never. */
    public long nextDueAtMs() {
        return state.due.nextDueAtMs();
    }

    /** The rules in force. */
    public Rules rules() {
        return state.rules;
    }

    /** Holds in status HELD, over all drops. */
    public int liveHolds() {
        return state.liveHolds;
    }

    /** Drops in memory. */
    public int dropCount() {
        return state.drops.inOrder().size();
    }

    /** Gives the sink a {@code DropImage} of each drop that was changed by a command after the sequence. */
    public void dropImages(final long changedAfter, final MessageSink sink) {
        queries.dropImages(changedAfter, sink);
    }

    /** Writes the whole state in canonical order and returns its hash. */
    public long snapshot(final MessageSink sink) {
        return snapshots.write(sink);
    }

    /** The hash of the canonical snapshot. Walks the whole state: seconds at ten million holds. */
    public long stateHash() {
        return snapshots.write((buffer, offset, length) -> {});
    }

    /**
     * Takes the next entry of a snapshot into a state machine that has seen nothing else.
     *
     * @throws IllegalArgumentException if the entry is out of place, of an unknown kind, or the last one's hash does not
     *     agree with those before it
     */
    public void loadEntry(final DirectBuffer buffer, final int offset, final int length) {
        loader.entry(buffer, offset, length);
    }

    /** Whether a snapshot was loaded to its end. */
    public boolean isLoaded() {
        return loader.isComplete();
    }
}
