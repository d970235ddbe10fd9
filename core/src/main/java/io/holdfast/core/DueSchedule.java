package io.holdfast.core;

import io.holdfast.core.message.DropStatus;
import io.holdfast.core.store.Arena;
import io.holdfast.core.store.DueHeap;

/**
 * Everything that falls due by itself, ordered by (due time, sequence): holds, openings and closings.
 *
 * <p>Holds of one drop that were never extended are due in the order of creation, so they stand in a queue per drop, and
 * a heap orders the queues by their heads. Those that left the order, by an extension or since a restart gave older
 * holds more time, stand in a heap of their own.
 */
final class DueSchedule {
    private final HoldTable holds;
    private final DropTable drops;
    private final DueHeap strays;
    private final DueHeap queues;
    private final DueHeap timers;

    DueSchedule(final HoldTable holds, final DropTable drops) {
        this.holds = holds;
        this.drops = drops;
        this.strays = new DueHeap() {
            @Override
            protected void moved(final int hold, final int index) {
                holds.heapIndex(hold, index);
            }
        };
        this.queues = new DueHeap() {
            @Override
            protected void moved(final int drop, final int index) {
                drops.get(drop).dueIndex = index;
            }
        };
        this.timers = new DueHeap() {
            @Override
            protected void moved(final int drop, final int index) {
                drops.get(drop).timerIndex = index;
            }
        };
    }

    /** When the next thing is due, or {@link DueHeap#NEVER}. */
    long nextDueAtMs() {
        return Math.min(Math.min(strays.firstDueAtMs(), queues.firstDueAtMs()), timers.firstDueAtMs());
    }

    /** Whether a drop's timer comes before every hold; asked only when something is due. */
    boolean isTimerNext() {
        return !isBefore(strays, timers) && !isBefore(queues, timers);
    }

    /** The drop whose timer is next. */
    Drop nextTimer() {
        return drops.get(timers.first());
    }

    /** The hold that is due next, or {@link Arena#NONE}. */
    int nextHold() {
        if (strays.isEmpty() && queues.isEmpty()) {
            return Arena.NONE;
        }
        return isBefore(strays, queues) ? strays.first() : drops.get(queues.first()).dueHead;
    }

    private static boolean isBefore(final DueHeap a, final DueHeap b) {
        return a.firstDueAtMs() < b.firstDueAtMs()
                || (a.firstDueAtMs() == b.firstDueAtMs() && a.firstSequence() < b.firstSequence());
    }

    /** Enters a hold; one that is due before the last of its drop's queue goes to the heap. */
    void add(final Drop drop, final int hold, final long dueAtMs) {
        final int tail = drop.dueTail;
        if (tail != Arena.NONE && (holds.dueAtMs(tail) > dueAtMs || holds.sequence(tail) > holds.sequence(hold))) {
            addStray(hold, dueAtMs);
            return;
        }
        holds.dueAtMs(hold, dueAtMs);
        holds.queued(hold, true);
        holds.prev(hold, tail);
        holds.next(hold, Arena.NONE);
        drop.dueTail = hold;
        if (tail == Arena.NONE) {
            drop.dueHead = hold;
            queues.add(drop.number, dueAtMs, holds.sequence(hold));
        } else {
            holds.next(tail, hold);
        }
    }

    /** Enters a hold into the heap: at the queue's end an extended one would send all that follow there too. */
    void addStray(final int hold, final long dueAtMs) {
        holds.dueAtMs(hold, dueAtMs);
        strays.add(hold, dueAtMs, holds.sequence(hold));
    }

    void remove(final Drop drop, final int hold) {
        if (!holds.isQueued(hold)) {
            strays.remove(holds.heapIndex(hold));
            return;
        }
        final int prev = holds.prev(hold);
        final int next = holds.next(hold);
        holds.queued(hold, false);
        if (next == Arena.NONE) {
            drop.dueTail = prev;
        } else {
            holds.prev(next, prev);
        }
        if (prev == Arena.NONE) {
            drop.dueHead = next;
            headChanged(drop);
        } else {
            holds.next(prev, next);
        }
    }

    /** Gives a hold another due time; from then on it stands in the heap. */
    void reschedule(final Drop drop, final int hold, final long dueAtMs) {
        remove(drop, hold);
        addStray(hold, dueAtMs);
    }

    /** Lets no hold be due before the given time. Only those that were are touched. */
    void postpone(final long notBeforeMs) {
        for (final Drop drop : drops.inOrder()) {
            int hold = drop.dueHead;
            if (hold == Arena.NONE || holds.dueAtMs(hold) >= notBeforeMs) {
                continue;
            }
            for (; hold != Arena.NONE && holds.dueAtMs(hold) < notBeforeMs; hold = holds.next(hold)) {
                holds.dueAtMs(hold, notBeforeMs);
            }
            headChanged(drop);
        }
        while (strays.firstDueAtMs() < notBeforeMs) {
            holds.dueAtMs(strays.first(), notBeforeMs);
            strays.reschedule(0, notBeforeMs);
        }
    }

    /** Sets the drop's one timer: its opening while it is scheduled, then its closing. */
    void setTimer(final Drop drop) {
        if (drop.timerIndex >= 0) {
            timers.remove(drop.timerIndex);
        }
        final long dueAtMs = timerAtMs(drop);
        if (dueAtMs != DueHeap.NEVER) {
            timers.add(drop.number, dueAtMs, drop.createdSequence);
        }
    }

    private static long timerAtMs(final Drop drop) {
        final long opensAtMs = drop.status == DropStatus.SCHEDULED ? drop.definition.opensAtMs : Drop.NO_TIME;
        final long closesAtMs = drop.status == DropStatus.CLOSED ? Drop.NO_TIME : drop.definition.closesAtMs;
        if (opensAtMs != Drop.NO_TIME) {
            return opensAtMs;
        }
        return closesAtMs == Drop.NO_TIME ? DueHeap.NEVER : closesAtMs;
    }

    private void headChanged(final Drop drop) {
        queues.remove(drop.dueIndex);
        if (drop.dueHead != Arena.NONE) {
            queues.add(drop.number, holds.dueAtMs(drop.dueHead), holds.sequence(drop.dueHead));
        }
    }
}
