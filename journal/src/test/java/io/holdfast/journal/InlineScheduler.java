package io.holdfast.journal;

import java.util.ArrayDeque;
import java.util.Deque;

/** Prepares segments at once, on the thread that asks; what is to be done later waits to be told. */
final class InlineScheduler implements PreparationScheduler {
    private final Deque<Runnable> later = new ArrayDeque<>();
    private boolean isStalled;

    @Override
    public void run(final Runnable task) {
        if (isStalled) {
            later.add(task);
        } else {
            task.run();
        }
    }

    /** From now on nothing is prepared at once: the thread does not get its turn. */
    void stall() {
        isStalled = true;
    }

    @Override
    public void runLater(final Runnable task) {
        later.add(task);
    }

    @Override
    public boolean stop() {
        later.clear();
        return true;
    }

    /** Lets the time pass after which a failed preparation is tried again. */
    void letTimePass() {
        for (int count = later.size(); count > 0; count--) {
            later.remove().run();
        }
    }

    int waiting() {
        return later.size();
    }
}
