package io.holdfast.gateway;

/** A server that has recovered its journal and listens. */
public interface RunningServer {
    /** Starts one; returns when it is ready to serve. */
    @FunctionalInterface
    interface Starter {
        RunningServer start(ServerConfig config) throws StartRefusedException;
    }

    /** Where the service listens, a port of 0 replaced by the one that was taken. */
    ServerConfig.Endpoint service();

    /** Where the management port listens, likewise. */
    ServerConfig.Endpoint management();

    /**
     * Asks it to stop: accept no more, finish what is in the ring, sync, answer. Returns at once, may be called more
     * than once and from any thread; {@link #awaitStop()} says how it ended.
     */
    void stop();

    /**
     * Waits until it has stopped by itself or by {@link #stop()}.
     *
     * @return true when all that was accepted is durable and answered, false when it halted
     */
    boolean awaitStop() throws InterruptedException;
}
