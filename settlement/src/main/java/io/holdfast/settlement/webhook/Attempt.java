package io.holdfast.settlement.webhook;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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
    private volatile boolean isGarbled;

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

    /** @param thrown null when the answer came whole */
    void onEnd(final Throwable thrown) {
        if (thrown != null) {
            final Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            isGarbled = isGarbled(cause);
            error = cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        }
    }

    private static boolean isGarbled(final Throwable cause) {
        return cause instanceof ProtocolException
                || !(cause instanceof IOException || cause instanceof CancellationException);
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

    /** Whether what answered does not speak HTTP. */
    boolean isGarbled() {
        return isGarbled;
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
        if (isAnswered() && !isGarbled) {
            return "status " + status;
        }
        return isLate ? "no answer in time" : error;
    }
}
