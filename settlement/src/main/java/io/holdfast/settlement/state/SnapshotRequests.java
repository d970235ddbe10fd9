package io.holdfast.settlement.state;

import io.holdfast.journal.SnapshotMeta;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Those who wait for a snapshot, each for one that holds at least what was recorded when it asked. Any thread. */
final class SnapshotRequests {
    static final int WAITING_MAX = 64;

    private record Request(long sequence, CompletableFuture<SnapshotMeta> answer) {}

    private final List<Request> waiting = new ArrayList<>(WAITING_MAX);
    private boolean isClosed;

    /** Waits for a snapshot of that sequence or a later one; refused at once when too many wait. */
    CompletableFuture<SnapshotMeta> add(final long sequence) {
        final CompletableFuture<SnapshotMeta> answer = new CompletableFuture<>();
        synchronized (waiting) {
            if (!isClosed && waiting.size() < WAITING_MAX) {
                waiting.add(new Request(sequence, answer));
                return answer;
            }
        }
        answer.completeExceptionally(new RejectedExecutionException(
                isClosed
                        ? "no more snapshots are made: the server stops"
                        : WAITING_MAX + " wait for a snapshot already"));
        return answer;
    }

    /** Sequence that a snapshot must reach to serve all who wait; -1 when nobody does. */
    long wantedSequence() {
        synchronized (waiting) {
            long wanted = -1;
            for (final Request request : waiting) {
                wanted = Math.max(wanted, request.sequence());
            }
            return wanted;
        }
    }

    /** Answers those whom this snapshot serves. */
    void answer(final SnapshotMeta meta) {
        takeUpTo(meta.sequence()).forEach(request -> request.answer().complete(meta));
    }

    /** Tells all who wait that there will be none. */
    void fail(final Throwable cause) {
        takeUpTo(Long.MAX_VALUE).forEach(request -> request.answer().completeExceptionally(cause));
    }

    /** Tells all who wait, and all who come, that there will be none. */
    void close(final Throwable cause) {
        synchronized (waiting) {
            isClosed = true;
        }
        fail(cause);
    }

    /** They are told outside the lock: what they do then is theirs. */
    private List<Request> takeUpTo(final long sequence) {
        final List<Request> taken = new ArrayList<>();
        synchronized (waiting) {
            for (final Iterator<Request> all = waiting.iterator(); all.hasNext(); ) {
                final Request request = all.next();
                if (request.sequence() <= sequence) {
                    taken.add(request);
                    all.remove();
                }
            }
        }
        return taken;
    }
}
