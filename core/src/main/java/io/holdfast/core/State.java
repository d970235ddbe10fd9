package io.holdfast.core;

import io.holdfast.core.store.Arena;
import io.holdfast.core.store.SlabSource;

/**
 * Everything that the core remembers. Only the appliers and the snapshot loader change it.
 *
 * <p>Nothing observable depends on the seed, which only spreads names over the indexes.
 */
final class State {
    final Arena arena;
    final HoldTable holds;
    final BuyerTable buyers;
    final RefusalTable refusals;
    final KeyIndex keys;
    final PressLookup press;
    final PaymentTable payments;
    final DropTable drops;
    final DueSchedule due;

    Rules rules = Rules.DEFAULT;

    /** Of the last command whose events were applied; 0 before the first. */
    long sequence;

    long timeMs;

    long epoch;
    long startedAtMs;
    int nextDropNumber = 1;

    /** Holds in status HELD, over all drops. */
    int liveHolds;

    /** The hold that was entered last: the answer to the command that placed it needs no lookup. */
    int latestHold;

    State(final long seed, final SlabSource memory) {
        arena = new Arena(memory);
        holds = new HoldTable(arena, seed);
        buyers = new BuyerTable(arena, seed, holds);
        refusals = new RefusalTable(arena);
        keys = new KeyIndex(arena, holds, buyers, refusals);
        press = new PressLookup(holds, buyers, keys);
        payments = new PaymentTable(arena, seed);
        drops = new DropTable(arena, seed);
        due = new DueSchedule(holds, drops);
    }

    /** The hold of that id, or {@link Arena#NONE}; a hold whose drop is archived is no longer known. */
    int findHold(final long most, final long least) {
        return known(holds.find(most, least));
    }

    /** The same hold, or {@link Arena#NONE} when there is none or its drop is archived. */
    int known(final int hold) {
        return hold == Arena.NONE || drops.get(holds.dropNumber(hold)) == null ? Arena.NONE : hold;
    }

    Drop dropOf(final int hold) {
        return drops.get(holds.dropNumber(hold));
    }
}
