package io.holdfast.gateway.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What operators ask for that takes no place in the order of commands: work on the disk or in a store, which takes as long
 * as it takes.
 *
 * <p>Called on event loops, so no method may wait. Each answer is completed exactly once, by a thread of the desk's own: by
 * what was asked for, or by an exception when it cannot be had now, which is logged and answered 503. An answer that never
 * comes keeps its place among the few that may be asked for at a time; whoever asked has long been told to try again.
 */
public interface AdminDesk {
    /** Makes a snapshot that holds at least what was durable at the call; completes once it is durable itself. */
    CompletionStage<Snapshot> snapshot();

    /**
     * Reads messages that were given up, by their place.
     *
     * @param after the place after which the page begins; 0 or more
     * @param limit letters at most, 1 to 1,000; the desk may give fewer
     */
    CompletionStage<DeadLetters> deadLetters(long after, int limit);

    /**
     * A snapshot that was made.
     *
     * @param sequence of the last command in it
     * @param position of the journal at which the tail begins
     * @param timeMs logical time of that command, in epoch milliseconds
     */
    record Snapshot(long sequence, long position, long timeMs, long stateHash) {}

    /**
     * A page of messages that were given up.
     *
     * @param next the {@code after} of the next page; {@link #END} when there is none
     */
    record DeadLetters(List<DeadLetter> letters, long next) {
        public static final long END = -1;

        public DeadLetters {
            letters = List.copyOf(letters);
        }
    }

    /**
     * One message that was given up.
     *
     * @param place in the order of the page, 1 or more
     * @param id the {@code webhook-id}
     * @param lastError why the last attempt failed; may be null
     * @param createdAtMs epoch milliseconds, as is {@code failedAtMs}
     * @param message what was to be sent: a JSON object, shown as it is
     */
    record DeadLetter(
            long place,
            String id,
            String type,
            int attempts,
            String lastError,
            long createdAtMs,
            long failedAtMs,
            String message) {}
}
