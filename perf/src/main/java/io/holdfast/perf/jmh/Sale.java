package io.holdfast.perf.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.core.Limits;
import io.holdfast.core.Rules;
import io.holdfast.core.StateMachine;
import io.holdfast.perf.jmh.Verdicts.Verdict;

/**
 * A core in the midst of a sale: so many holds are live and stay so, and every memory of what has ended is full.
 *
 * <p>A live hold stands in a slot. What a benchmark does to live holds it does to slots in an order without pattern,
 * so that records and index entries are met where they lie and not where the cache has them; {@link #refill} undoes
 * it between measurements. Holds beyond the slots are extras: once there is a window of them, {@link #makeRoom} takes
 * them away. So the state neither grows nor shrinks by more than a window, about an eighth of the live holds; only
 * what is paid stays for good.
 *
 * <p>Use: {@code beginTape}, fill it by the {@code tape...} methods, {@link #decideTape} (which alone is measured),
 * then {@link #requireVerdicts} and the like. Allocates nothing but what the core does.
 */
final class Sale {
    /** Refusals that the core remembers by key: as many came too late and were told so within a minute. */
    static final int REMEMBERED_REFUSALS = 65_536;

    /** Of the slots' drop; extensions double it at most. */
    static final int HOLD_SECONDS = Limits.HOLD_SECONDS_MAX / 2;

    private static final long HASH_SEED = 0x5EED;
    private static final long START_MS = 1_800_000_000_000L;
    private static final int WINDOW_MIN = 2 * CommandTape.LENGTH;
    private static final int WINDOW_MAX = 512 * CommandTape.LENGTH;
    private static final int LIVE_HOLDS_MAX = 20_000_000;
    private static final int PAYMENTS_MAX = 20_000_000;
    private static final int PAYMENTS_PER_SALE_MAX = 4_000_000;
    private static final int FLASH_HOLD_SECONDS = 1;
    private static final long MS_PER_SECOND = 1_000;

    private static final String DROP = "spring-drop";
    private static final String GONE = "gone-drop";
    private static final byte[] FLASH = "flash-drop".getBytes(US_ASCII);

    /** So many times over what the memories hold is said, so that nearly all of many drops have theirs full. */
    private static final int FILLS_OF_MANY = 4;

    private final StateMachine core = new StateMachine(HASH_SEED);
    private final SaleCommands commands;
    private final Width width;

    /** Drops with stock, and as many where nothing is left. */
    private final byte[][] drops;

    private final byte[][] goneDrops;
    private final Verdicts verdicts = new Verdicts();
    private final CommandTape tape = new CommandTape();
    private final CommandTape upkeep = new CommandTape();
    private final int window;
    private final SlotOrder order;

    /** The number of the hold in each slot; its buyer and key have the same number. */
    private final int[] holdAt;

    /** Slots whose hold ended or is about to, oldest first: those from {@code firstEmpty} on, none in between. */
    private final int[] emptySlots = new int[2 * CommandTape.LENGTH];

    private int firstEmpty;
    private int emptyEnd;

    /** Extras are the holds of the numbers from here to the next, none missing. */
    private int firstExtra;

    /** Number of the next hold, and of the buyer and key that are new with it. */
    private int nextNumber;

    private int nextPayment;
    private long timeMs = START_MS;
    private int liveBefore;
    private long eventCount;

    /**
     * Fills the core: takes about half a microsecond a hold.
     *
     * @param liveHolds even, at least 1,024
     * @param isAllHeld whether those hold the only drop's whole stock; else there is plenty
     * @param width of drops and holds; what is remembered by drop is so much less where there are more of them
     */
    Sale(final int liveHolds, final boolean isAllHeld, final Width width) {
        this.width = width;
        commands = new SaleCommands(width);
        drops = names(DROP, width.drops());
        goneDrops = names(GONE, width.drops());
        window = Math.min(WINDOW_MAX, Math.max(WINDOW_MIN, liveHolds / 8 / CommandTape.LENGTH * CommandTape.LENGTH));
        order = new SlotOrder(liveHolds);
        holdAt = new int[liveHolds];
        createDrops(isAllHeld ? liveHolds / width.skus() : Limits.CAPACITY_MAX);
        for (int slot = 0; slot < liveHolds; slot++) {
            keepUp(placeIn(slot));
        }
        runUpkeep();
        firstExtra = nextNumber;
        if (!isAllHeld) {
            endAsManyAsAreRemembered();
        }
        if (core.liveHolds() != liveHolds) {
            throw new IllegalStateException(core.liveHolds() + " holds are live, not " + liveHolds);
        }
    }

    private void createDrops(final int capacity) {
        final Rules rules = new Rules(
                Rules.VERSION_MAX,
                LIVE_HOLDS_MAX,
                Math.max(1, window / width.drops()),
                Math.max(1, REMEMBERED_REFUSALS / width.drops()),
                Rules.DEFAULT.rememberedAdjustmentsPerDropMax(),
                PAYMENTS_MAX,
                Math.max(Rules.DEFAULT.dropsMax(), 2 * width.drops() + 1),
                Rules.DEFAULT.dropNamesMax(),
                Rules.DEFAULT.skusPerDropMax());
        keepUp(rules.encodeActivation(upkeep.next()));
        for (final byte[] drop : drops) {
            keepUp(commands.createDrop(upkeep.next(), drop, capacity, HOLD_SECONDS));
        }
        keepUp(commands.createDrop(upkeep.next(), FLASH, Limits.CAPACITY_MAX, FLASH_HOLD_SECONDS));
        for (final byte[] drop : goneDrops) {
            keepUp(commands.createDrop(upkeep.next(), drop, 0, HOLD_SECONDS));
        }
        runUpkeep();
    }

    /** From now on whatever finishes makes the core forget the hold that finished first. */
    private void endAsManyAsAreRemembered() {
        for (int fill = 0; fill < fills(); fill++) {
            for (int i = 0; i < window; i++) {
                keepUp(commands.place(upkeep.next(), drop(nextNumber), nextNumber, nextNumber, nextNumber++));
            }
            runUpkeep();
            releaseExtras();
        }
    }

    private int fills() {
        return width.drops() == 1 ? 1 : FILLS_OF_MANY;
    }

    /** How many refusals fill the memory of them. */
    int refusalsToRemember() {
        return REMEMBERED_REFUSALS * fills();
    }

    private static byte[][] names(final String first, final int count) {
        final byte[][] names = new byte[count][];
        for (int i = 0; i < count; i++) {
            names[i] = (i == 0 ? first : first + "-" + i).getBytes(US_ASCII);
        }
        return names;
    }

    /** The drop of a press with that key, any of them. */
    private byte[] drop(final int keyNumber) {
        return drops[indexOf(keyNumber)];
    }

    /** The same of those where nothing is left. */
    private byte[] goneDrop(final int keyNumber) {
        return goneDrops[indexOf(keyNumber)];
    }

    private int indexOf(final int keyNumber) {
        return (int) Long.remainderUnsigned(SaleCommands.spread(keyNumber), width.drops());
    }

    private int placeIn(final int slot) {
        holdAt[slot] = nextNumber;
        return commands.place(upkeep.next(), drop(nextNumber), nextNumber, nextNumber, nextNumber++);
    }

    private void keepUp(final int length) {
        upkeep.add(length);
        if (upkeep.isFull()) {
            runUpkeep();
        }
    }

    private void runUpkeep() {
        upkeep.decide(core, timeMs);
        upkeep.clear();
    }

    /**
     * Whether a fresh sale has to take the place of this one: so much was paid, and stays for good, or so much logical
     * time has passed that all holds are about to fall due.
     */
    boolean isWornOut() {
        return nextPayment > PAYMENTS_PER_SALE_MAX
                || timeMs >= START_MS + (HOLD_SECONDS - 2 * FLASH_HOLD_SECONDS) * MS_PER_SECOND;
    }

    /** How many extras there can be before {@link #makeRoom} takes them away. */
    int window() {
        return window;
    }

    void beginTape() {
        tape.clear();
    }

    /** Decides what is on the tape. */
    long decideTape() {
        eventCount = tape.decide(core, timeMs);
        return eventCount;
    }

    /** A new buyer's press of Buy with a new key. */
    void tapeNewBuyer() {
        tape.add(commands.place(tape.next(), drop(nextNumber), nextNumber, nextNumber, nextNumber++));
    }

    /** A press of Buy with a new key by a buyer who has a hold. */
    void tapeKnownBuyer() {
        tape.add(commands.place(tape.next(), drop(nextNumber), nextNumber, holdAt[order.next()], nextNumber++));
    }

    /**
     * A press of Buy that was heard before: the buyer and key of a live hold, and an id of its own as every request.
     */
    void tapeReplay() {
        final int known = holdAt[order.next()];
        tape.add(commands.place(tape.next(), drop(known), nextNumber++, known, known));
    }

    /** A new buyer's press of Buy where every unit is held. */
    void tapeHeldOut() {
        tapeNewBuyer();
    }

    /** A new buyer's press of Buy where nothing is left and nothing can come back. */
    void tapeGone() {
        tape.add(commands.place(tape.next(), goneDrop(nextNumber), nextNumber, nextNumber, nextNumber++));
    }

    /** The same without a key: a refusal that is not remembered. */
    void tapeGoneWithoutKey() {
        tape.add(commands.placeWithoutKey(tape.next(), goneDrop(nextNumber), nextNumber, nextNumber++));
    }

    void tapeRelease() {
        tape.add(commands.release(tape.next(), holdAt[empty()]));
    }

    void tapePayment() {
        tape.add(commands.pay(tape.next(), holdAt[empty()], nextPayment++));
    }

    /** A later deadline for a hold that never got one; {@link #replaceExtended} makes another of it. */
    void tapeFirstExtension() {
        tape.add(commands.extend(tape.next(), holdAt[empty()], HOLD_SECONDS + 1));
    }

    /** A new deadline for a live hold, later than any that it had. */
    void tapeExtension() {
        tape.add(commands.extend(tape.next(), holdAt[order.next()], HOLD_SECONDS + 1 + order.passes()));
    }

    /** A new hold in a slot that was empty when the tape was begun. */
    void tapeRefill() {
        holdAt[emptySlots[firstEmpty++]] = nextNumber;
        tape.add(commands.place(tape.next(), drop(nextNumber), nextNumber, nextNumber, nextNumber++));
    }

    /** The idle command. */
    void tapeExpiry() {
        tape.add(commands.expire(tape.next()));
    }

    private int empty() {
        final int slot = order.next();
        emptySlots[emptyEnd++] = slot;
        return slot;
    }

    /** To be called between tapes that empty slots and refill them: makes room to note more. */
    void keepEmptySlots() {
        System.arraycopy(emptySlots, firstEmpty, emptySlots, 0, emptyEnd - firstEmpty);
        emptyEnd -= firstEmpty;
        firstEmpty = 0;
    }

    /** Fills the empty slots with new holds; not to be used between extras. */
    void refill() {
        while (firstEmpty < emptyEnd) {
            keepUp(placeIn(emptySlots[firstEmpty++]));
        }
        runUpkeep();
        keepEmptySlots();
        firstExtra = nextNumber;
    }

    /** Releases the holds that were extended and fills their slots with new ones. */
    void replaceExtended() {
        for (int i = firstEmpty; i < emptyEnd; i++) {
            keepUp(commands.release(upkeep.next(), holdAt[emptySlots[i]]));
        }
        refill();
    }

    /** Releases the extras when there is no room for another tape of them. */
    void makeRoom() {
        if (nextNumber - firstExtra > window - CommandTape.LENGTH) {
            releaseExtras();
        }
    }

    private void releaseExtras() {
        while (firstExtra < nextNumber) {
            keepUp(commands.release(upkeep.next(), firstExtra++));
        }
        runUpkeep();
    }

    /** Places a window of extras that are due a second later, if none is left, and lets that second pass. */
    void letFlashHoldsFallDue() {
        if (core.nextDueAtMs() <= timeMs) {
            return;
        }
        for (int i = 0; i < window; i++) {
            keepUp(commands.place(upkeep.next(), FLASH, nextNumber, nextNumber, nextNumber++));
        }
        runUpkeep();
        firstExtra = nextNumber;
        timeMs += FLASH_HOLD_SECONDS * MS_PER_SECOND;
    }

    /** Notes what {@link #requireLiveChange} compares with. */
    void noteLive() {
        liveBefore = core.liveHolds();
    }

    void requireLiveChange(final int wanted) {
        final int change = core.liveHolds() - liveBefore;
        if (change != wanted) {
            throw new IllegalStateException("live holds changed by " + change + ", not by " + wanted);
        }
        if (Math.abs(core.liveHolds() - holdAt.length) > window) {
            throw new IllegalStateException(core.liveHolds() + " holds are live, too far from " + holdAt.length);
        }
    }

    void requireEvents(final long wanted) {
        if (eventCount != wanted) {
            throw new IllegalStateException(eventCount + " events came of the tape, not " + wanted);
        }
    }

    /** Every command of the tape got this verdict. */
    void requireVerdicts(final Verdict wanted) {
        requireVerdicts(wanted, tape.count());
    }

    /** So many commands of the tape got this verdict. */
    void requireVerdicts(final Verdict wanted, final int wantedCount) {
        int count = 0;
        for (int i = 0; i < tape.count(); i++) {
            if (verdicts.of(tape.answer(i)) == wanted) {
                count++;
            }
        }
        if (count != wantedCount) {
            throw new IllegalStateException(
                    count + " of " + tape.count() + " verdicts are " + wanted + ", not " + wantedCount);
        }
    }
}
