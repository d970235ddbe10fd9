package io.holdfast.core;

import io.holdfast.core.message.Cause;
import io.holdfast.core.message.DropClosedEncoder;
import io.holdfast.core.message.DropOpenedEncoder;
import io.holdfast.core.message.DropStatus;
import io.holdfast.core.message.HoldExpiredEncoder;
import io.holdfast.core.message.HoldStatus;

/** Emits what is due before a command decides anything of its own. */
final class DueDecider {
    private final Turn turn;
    private final State state;
    private final HoldExpiredEncoder expired = new HoldExpiredEncoder();
    private final DropOpenedEncoder opened = new DropOpenedEncoder();
    private final DropClosedEncoder closed = new DropClosedEncoder();

    DueDecider(final Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    /** Emits what is due by now, in the order of (due time, sequence), up to the most for one command. */
    void emitDue() {
        for (int i = 0; i < Limits.DUE_EVENTS_PER_COMMAND_MAX && state.due.nextDueAtMs() <= turn.timeMs(); i++) {
            if (state.due.isTimerNext()) {
                fire(state.due.nextTimer());
            } else {
                expire(state.due.nextHold());
            }
        }
    }

    /** Expires the hold that a command acts on, should it be due and not have had its turn. */
    void emitIfDue(final int hold) {
        if (state.holds.status(hold) == HoldStatus.HELD && state.holds.dueAtMs(hold) <= turn.timeMs()) {
            expire(hold);
        }
    }

    private void fire(final Drop drop) {
        if (drop.status == DropStatus.SCHEDULED) {
            opened.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                    .dropNumber(drop.number)
                    .cause(Cause.SCHEDULE)
                    .putDrop(drop.id, 0, drop.id.capacity());
            turn.emit(opened.limit());
        } else {
            closed.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                    .dropNumber(drop.number)
                    .cause(Cause.SCHEDULE)
                    .putDrop(drop.id, 0, drop.id.capacity());
            turn.emit(closed.limit());
        }
    }

    private void expire(final int hold) {
        expired.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header).dueAtMs(state.holds.dueAtMs(hold));
        final int imageAt = Turn.nestedAt(expired.limit());
        final int length = state.holds.copyImage(hold, turn.buffer(), imageAt);
        HoldTable.patchStatus(turn.buffer(), imageAt, HoldStatus.EXPIRED);
        turn.emit(Turn.endNested(turn.buffer(), expired.limit(), length));
    }
}
