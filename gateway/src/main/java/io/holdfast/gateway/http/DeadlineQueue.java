package io.holdfast.gateway.http;

/**
 * Connections that wait for one kind of thing, in the order of their deadlines. All wait equally long, so to
 * join at the tail keeps the order, and nothing is scheduled for a connection or a request. Used by one event
 * loop.
 */
final class DeadlineQueue {
    /** A connection's place in one queue at a time. */
    abstract static class Waiter {
        private DeadlineQueue queue;
        private Waiter previous;
        private Waiter next;
        private long deadlineNs;

        /** Has waited too long in the queue, and is in none now. */
        abstract void onDeadline(DeadlineQueue queue);

        final boolean isIn(final DeadlineQueue other) {
            return queue == other;
        }

        final void leave() {
            if (queue != null) {
                queue.remove(this);
            }
        }
    }

    private final long timeoutNs;

    private Waiter first;
    private Waiter last;
    private int count;

    DeadlineQueue(final long timeoutNs) {
        this.timeoutNs = timeoutNs;
    }

    int count() {
        return count;
    }

    /** Leaves whatever queue the waiter was in and joins this one. */
    void join(final Waiter waiter, final long nowNs) {
        waiter.leave();
        waiter.queue = this;
        waiter.deadlineNs = nowNs + timeoutNs;
        waiter.previous = last;
        if (last == null) {
            first = waiter;
        } else {
            last.next = waiter;
        }
        last = waiter;
        count++;
    }

    /** Takes out whoever has waited too long, and tells each. */
    void expire(final long nowNs) {
        while (first != null && first.deadlineNs - nowNs <= 0) {
            tell(first);
        }
    }

    /** Takes out all that are in it now, and tells each; who joins meanwhile stays. */
    void expireAll() {
        for (int left = count; left > 0 && first != null; left--) {
            tell(first);
        }
    }

    private void tell(final Waiter waiter) {
        remove(waiter);
        waiter.onDeadline(this);
    }

    private void remove(final Waiter waiter) {
        if (waiter.previous == null) {
            first = waiter.next;
        } else {
            waiter.previous.next = waiter.next;
        }
        if (waiter.next == null) {
            last = waiter.previous;
        } else {
            waiter.next.previous = waiter.previous;
        }
        waiter.queue = null;
        waiter.previous = null;
        waiter.next = null;
        count--;
    }
}
