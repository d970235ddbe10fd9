package io.holdfast.perf.peer;

/** A peer that serves. */
public interface Peer extends AutoCloseable {
    /** The port on the loopback address that it serves HTTP on. */
    int port();

    /** Ends it with all that belongs to it; returns when that has ended. Not by an event loop. */
    @Override
    void close();
}
