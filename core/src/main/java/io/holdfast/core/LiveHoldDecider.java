package io.holdfast.core;

import io.holdfast.core.message.ExtendHoldDecoder;
import io.holdfast.core.message.HoldExtendedEncoder;
import io.holdfast.core.message.HoldReleasedEncoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.message.ReleaseHoldDecoder;
import io.holdfast.core.store.Arena;
import org.agrona.DirectBuffer;

/** Decides what becomes of a hold that was granted: longer time, or its release. */
final class LiveHoldDecider {
    private final Turn turn;
    private final State state;
    private final DueDecider due;
    private final Refusals refusals;
    private final MessageHeaderDecoder header;
    private final ExtendHoldDecoder extend = new ExtendHoldDecoder();
    private final ReleaseHoldDecoder release = new ReleaseHoldDecoder();
    private final HoldExtendedEncoder extended = new HoldExtendedEncoder();
    private final HoldReleasedEncoder released = new HoldReleasedEncoder();

    LiveHoldDecider(final Turn turn, final DueDecider due, final Refusals refusals, final MessageHeaderDecoder header) {
        this.turn = turn;
        this.state = turn.state;
        this.due = due;
        this.refusals = refusals;
        this.header = header;
    }

    void extend(final DirectBuffer command, final int offset) {
        extend.wrapAndApplyHeader(command, offset, header);
        final int seconds = extend.seconds();
        final int hold = state.findHold(
                extend.hold().mostSignificantBits(), extend.hold().leastSignificantBits());
        final int dropLength = extend.dropLength();
        final int dropOffset = extend.limit() + ExtendHoldDecoder.dropHeaderLength();
        extend.skipDrop();
        final int buyerLength = extend.buyerLength();
        final int buyerOffset = extend.limit() + ExtendHoldDecoder.buyerHeaderLength();
        if (!isOwn(hold, command, dropOffset, dropLength, buyerOffset, buyerLength)) {
            refusals.refuse(RejectReason.UNKNOWN_HOLD);
            return;
        }
        due.emitIfDue(hold);
        if (state.holds.status(hold) != HoldStatus.HELD || state.holds.expiresAtMs(hold) <= turn.timeMs()) {
            refusals.refuse(RejectReason.HOLD_NOT_LIVE);
            return;
        }
        final long latestMs = state.holds.createdAtMs(hold) + state.dropOf(hold).definition.maxHoldSeconds * 1_000L;
        final long wantedMs = Math.min(latestMs, turn.timeMs() + seconds * 1_000L);
        if (wantedMs <= state.holds.expiresAtMs(hold)) {
            refusals.repeat(state.holds.sequence(hold), RejectReason.NONE);
        } else {
            emitExtended(hold, wantedMs);
        }
        turn.answerHold(hold, false);
    }

    private void emitExtended(final int hold, final long expiresAtMs) {
        extended.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header);
        final int imageAt = Turn.nestedAt(extended.limit());
        final int length = state.holds.copyImage(hold, turn.buffer(), imageAt);
        HoldTable.patchExpiresAt(turn.buffer(), imageAt, expiresAtMs);
        turn.emit(Turn.endNested(turn.buffer(), extended.limit(), length));
    }

    void release(final DirectBuffer command, final int offset) {
        release.wrapAndApplyHeader(command, offset, header);
        final int hold = state.findHold(
                release.hold().mostSignificantBits(), release.hold().leastSignificantBits());
        final int dropLength = release.dropLength();
        final int dropOffset = release.limit() + ReleaseHoldDecoder.dropHeaderLength();
        release.skipDrop();
        final int buyerLength = release.buyerLength();
        final int buyerOffset = release.limit() + ReleaseHoldDecoder.buyerHeaderLength();
        if (!isOwn(hold, command, dropOffset, dropLength, buyerOffset, buyerLength)) {
            refusals.refuse(RejectReason.UNKNOWN_HOLD);
            return;
        }
        due.emitIfDue(hold);
        switch (state.holds.status(hold)) {
            case HELD -> {
                emitReleased(hold);
                turn.answerHold(hold, false);
            }
            case RELEASED -> {
                refusals.repeat(state.holds.sequence(hold), RejectReason.NONE);
                turn.answerHold(hold, true);
            }
            default -> refusals.refuse(RejectReason.HOLD_NOT_LIVE);
        }
    }

    private void emitReleased(final int hold) {
        released.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header);
        final int imageAt = Turn.nestedAt(released.limit());
        final int length = state.holds.copyImage(hold, turn.buffer(), imageAt);
        HoldTable.patchStatus(turn.buffer(), imageAt, HoldStatus.RELEASED);
        turn.emit(Turn.endNested(turn.buffer(), released.limit(), length));
    }

    /** A caller that may act for one buyer or on one drop only sees no other hold. */
    private boolean isOwn(
            final int hold,
            final DirectBuffer command,
            final int dropOffset,
            final int dropLength,
            final int buyerOffset,
            final int buyerLength) {
        return hold != Arena.NONE
                && (dropLength == 0 || state.dropOf(hold).isNamed(command, dropOffset, dropLength))
                && (buyerLength == 0
                        || state.buyers.isNamed(state.holds.buyer(hold), command, buyerOffset, buyerLength));
    }
}
