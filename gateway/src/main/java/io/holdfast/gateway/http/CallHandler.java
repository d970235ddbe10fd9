package io.holdfast.gateway.http;

/** Says what requests mean. One for each event loop, called on its thread only; must not block. */
public interface CallHandler {
    /**
     * Takes one complete request. Answers it exactly once, with {@link Call#send}, now or later, or with {@link
     * Call#stream}, now; the bytes of the body are good until this returns.
     */
    void onCall(Call call);

    /** An answer has been written, or a request refused before it was complete (then the route is -1). */
    default void onSent(final int route, final int status, final long elapsedNs) {}
}
