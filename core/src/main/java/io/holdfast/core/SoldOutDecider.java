package io.holdfast.core;

import io.holdfast.core.message.DropSoldOutEncoder;

/** Says once in a drop's life that all of it is sold: what people outside are told. */
final class SoldOutDecider {
    private final Turn turn;
    private final DropSoldOutEncoder soldOut = new DropSoldOutEncoder();

    SoldOutDecider(final Turn turn) {
        this.turn = turn;
    }

    /** To be called after each event that sells units or takes unsold ones away. */
    void emitIfSoldOut(final Drop drop) {
        if (!drop.wasSoldOut && drop.isSoldOut()) {
            soldOut.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header).dropNumber(drop.number);
            turn.emit(turn.nestImage(drop, soldOut.limit()));
        }
    }
}
