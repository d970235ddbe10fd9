package io.holdfast.settlement.log;

/** Reads committed records in order. One thread, to be closed. */
public interface LogReader extends AutoCloseable {
    /**
     * Hands over the records that follow, at most so many. A record during which the handler throws is handed over again
     * by the next poll.
     *
     * @return how many; 0 at the end for now
     * @throws UncheckedLogException when what follows cannot be read, or was trimmed meanwhile: {@link
     *     CommittedLog#follow} from {@link #position} tells which
     */
    int poll(LogHandler handler, int recordsMax);

    /** Where reading goes on: a cursor to keep. */
    long position();

    @Override
    void close();
}
