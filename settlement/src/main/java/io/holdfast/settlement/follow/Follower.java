package io.holdfast.settlement.follow;

/**
 * One that follows the committed log with a cursor of its own. Stepped and closed by one thread; its status may be asked
 * by any.
 */
public interface Follower extends AutoCloseable {
    /** A word for metrics, threads and people: {@code settlement}, {@code mirror}, {@code snapshot}, … */
    String name();

    /**
     * Does a bounded piece of work: some records, or one attempt to reach a store.
     *
     * @return whether more is to be done at once; false at the end for now
     * @throws FollowerException when it could do nothing, and should try again later; what it had read is read again
     * @throws InterruptedException when it is told to end while it waits
     */
    boolean step() throws FollowerException, InterruptedException;

    /** How far it is and how it fares. Any thread. */
    FollowerStatus status();

    /**
     * Told once that it is to end: it is stepped on while there is more to do, but not beyond that moment. Work of its own
     * that takes longer is to be given up by then. Any thread.
     *
     * @param deadlineNs by {@link System#nanoTime}
     */
    default void endBy(final long deadlineNs) {
        // a follower whose steps are short need not know
    }

    /** Lets go of what it holds. After the last step, by the thread that stepped. */
    @Override
    void close();
}
