package io.holdfast.gateway.api;

import io.holdfast.gateway.http.Call;
import io.holdfast.gateway.http.Fault;
import io.holdfast.gateway.http.Reply;
import io.holdfast.gateway.request.BodyReader;
import io.holdfast.gateway.request.InvalidRequest;
import io.holdfast.gateway.request.NoRequest;
import io.holdfast.gateway.request.PageQuery;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that wait for the operators' desk: a few at a time, none longer than the deadline. One for each event loop, used by
 * its thread only; the desk's own threads hand their answers over to it.
 */
final class DeskCalls {
    static final int IN_FLIGHT_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(DeskCalls.class);
    private static final long RETRY_OVERLOADED_SECONDS = 1;
    private static final long RETRY_UNAVAILABLE_SECONDS = 5;

    private final AdminDesk desk;
    private final Executor eventLoop;
    private final long deadlineMs;
    private final NoRequest noRequest = new NoRequest(new BodyReader());
    private final PageQuery page = new PageQuery();

    /** What the desk has not completed yet, whether or not whoever asked was answered meanwhile. */
    private int inFlight;

    DeskCalls(final AdminDesk desk, final Executor eventLoop, final Duration deadline) {
        this.desk = desk;
        this.eventLoop = eventLoop;
        this.deadlineMs = deadline.toMillis();
    }

    /** Passes a call on to the desk, and answers it once the desk has, or the time is up. */
    void ask(final Route route, final Call call, final Target target) throws InvalidRequest {
        noRequest.read(call.body(), call.bodyLength());
        if (route == Route.LIST_DEAD_LETTERS) {
            page.read(target.query(), PageQuery.Narrowing.NONE);
        }
        if (inFlight == IN_FLIGHT_MAX) {
            call.send(Fault.OVERLOADED.write(call.reply()).retryAfter(RETRY_OVERLOADED_SECONDS));
        } else if (route == Route.TAKE_SNAPSHOT) {
            await(call, desk.snapshot(), DeskPages::snapshot);
        } else {
            await(call, desk.deadLetters(page.after(), page.limit()), DeskPages::deadLetters);
        }
    }

    private <T> void await(final Call call, final CompletionStage<T> asked, final BiConsumer<T, Reply> writer) {
        inFlight++;
        final CompletableFuture<T> answer = new CompletableFuture<>();
        answer.whenCompleteAsync((value, failure) -> answer(call, value, failure, writer), eventLoop);
        answer.orTimeout(deadlineMs, TimeUnit.MILLISECONDS);
        asked.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        asked.whenCompleteAsync((value, failure) -> inFlight--, eventLoop);
    }

    /** Nobody would hear of what is thrown here: it goes where a handler's failures go. */
    private <T> void answer(
            final Call call, final T value, final Throwable failure, final BiConsumer<T, Reply> writer) {
        try {
            if (failure == null) {
                writer.accept(value, call.reply());
            } else {
                unavailable(call, failure);
            }
        } catch (final RuntimeException | Error e) {
            call.fail(e);
            return;
        }
        call.send(call.reply());
    }

    private void unavailable(final Call call, final Throwable failure) {
        final Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Error error) {
            throw error;
        }
        LOG.warn("{} was not served within {} ms", Route.of(call.route()), deadlineMs, cause);
        Fault.UNAVAILABLE.write(call.reply()).retryAfter(RETRY_UNAVAILABLE_SECONDS);
    }
}
