package io.holdfast.perf.load;

import java.util.Locale;

/** Why a request has no answer. */
public enum Failure {
    /** The connection was refused, or could not be made. */
    CONNECT,
    /** The connection ended before the answer did. */
    RESET,
    /** No whole answer in time. */
    TIMEOUT,
    /** What came is not an answer in HTTP/1.1 with a stated length. */
    NOT_HTTP,
    /** The run ended, and the request, though due, had not been sent for want of a free connection. */
    UNSENT,
    /** The server ended a connection that had nothing to answer: no request is lost. */
    IDLE_CLOSE;

    /** As it is called in results: {@code not-http}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
