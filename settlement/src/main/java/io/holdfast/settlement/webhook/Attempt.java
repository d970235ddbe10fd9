package io.holdfast.settlement.webhook;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;

/**
 * One request under way. The status decides as soon as it is there, whatever becomes of the body; it is written by the
 * client's threads, read by the sender's.
 */
final class Attempt {
    private static final int NO_STATUS = 0;

    private final Message message;
    private final boolean isProbe;
    private final long deadlineNs;

    private volatile String retryAfter = "";
    private volatile int status = NO_STATUS;
    private volatile String error = "";

    /** The sender's thread only. */
    private CompletableFuture<HttpResponse<Void>> exchange;

    private boolean isLate;

    /** @param isProbe whether it was started while the circuit was open */
    Attempt(final Message message, final boolean isProbe, final long deadlineNs) {
        this.message = message;
        this.isProbe = isProbe;
        this.deadlineNs = deadlineNs;
    }

    Message message() {
        return message;
    }

    boolean isProbe() {
        return isProbe;
    }

    void startedAs(final CompletableFuture<HttpResponse<Void>> started) {
        exchange = started;
    }

    /** Called by the client when the head of the answer is there. */
    HttpResponse.BodySubscriber<Void> onHead(final ResponseInfo head) {
        retryAfter = head.headers().firstValue("retry-after").orElse("");
        status = head.statusCode();
        return new DiscardedBody();
    }

    void onEnd(final Throwable cause) {
        if (cause != null) {
            error = describe(cause);
        }
    }

    /** Breaks it off, the connection too, if it takes too long. */
    void breakOffWhenLate(final long nowNs) {
        if (nowNs - deadlineNs >= 0 && !isLate) {
            isLate = true;
            breakOff();
        }
    }

    void breakOff() {
        exchange.cancel(true);
    }

    boolean isAnswered() {
        return status != NO_STATUS;
    }

    int status() {
        return status;
    }

    /** As the target wrote it; empty when it wrote none. */
    String retryAfter() {
        return retryAfter;
    }

    /** What went wrong, for people: only what this side knows, nothing that the target wrote. */
    String failure() {
        if (isAnswered()) {
            return "status " + status;
        }
        return isLate ? "no answer in time" : error;
    }

    private static String describe(final Throwable thrown) {
        final Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        final String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
