package io.holdfast.settlement.log;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What was decided and will never be taken back, in order, for those who follow it. Any thread may ask; a reader belongs
 * to one.
 *
 * <p>Positions are opaque: they grow, and are not dense. A sequence is the order of commands, and no position.
 */
public interface CommittedLog {
    /** Position from before the first record ever. */
    long BEGINNING = 0;

    /** Which history this is: a cursor of another one means nothing here. */
    UUID id();

    /** Sequence of the last committed record; 0 when there is none. */
    long endSequence();

    /** Where the oldest record kept begins, now: what is below was trimmed, followed or not. */
    long trimmedBelow();

    /**
     * Begins to read.
     *
     * @param fromPosition {@link #BEGINNING}, or a position that a reader, a record or a snapshot gave
     * @throws HistoryTrimmedException when the position is below {@link #trimmedBelow}: take the newest snapshot
     * @throws NoSuchPositionException when nothing begins or ends at the position
     * @throws UncheckedLogException when it cannot be read
     */
    LogReader follow(long fromPosition) throws HistoryTrimmedException;

    /**
     * The state as of some recent record, to begin from where history does not reach back; whole, as far as could be
     * told. Empty when there never was one, or none can be read and all of history is there instead.
     *
     * @throws UncheckedLogException when there is neither: history was trimmed, and no snapshot can be read for now
     */
    Optional<LogSnapshot> newestSnapshot();

    /**
     * All snapshots that there are, the newest first, for whoever can go on from an older one: whether one is whole is
     * known once it was read.
     *
     * @throws UncheckedLogException when they cannot be listed
     */
    List<LogSnapshot> snapshots();
}
