package io.holdfast.gateway.pipeline;

import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.gateway.sequencer.AnswerHandler;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Lane;
import io.holdfast.gateway.sequencer.Submission;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** One event loop with its lane, driven by a test: each request is a future of what came back. */
final class TestClient implements AutoCloseable, AnswerHandler {
    static final int IN_FLIGHT_MAX = 4_096;

    private final ExecutorService eventLoop = Executors.newSingleThreadExecutor();
    private final Lane lane;

    TestClient(final Pipeline pipeline) {
        lane = pipeline.openLane(eventLoop, this, IN_FLIGHT_MAX);
    }

    /** What came of one request: the exchange as it came back, or why it was not taken. */
    record Outcome(Submission submission, Exchange exchange) {
        boolean isAnswered() {
            return submission == Submission.ACCEPTED && exchange.isAnswered();
        }

        boolean isHold() {
            return isAnswered() && exchange.answer().templateId() == HoldImageDecoder.TEMPLATE_ID;
        }

        String text() {
            return submission == Submission.ACCEPTED ? verdict(exchange) : submission.name();
        }

        /** The status of a hold, the reason of a refusal, OK for other answers, UNKNOWN without one. */
        static String verdict(final Exchange exchange) {
            if (!exchange.isAnswered()) {
                return "UNKNOWN";
            }
            final MessageHeaderDecoder header = new MessageHeaderDecoder();
            return switch (exchange.answer().templateId()) {
                case HoldImageDecoder.TEMPLATE_ID ->
                    new HoldImageDecoder()
                            .wrapAndApplyHeader(exchange.answer().buffer(), 0, header)
                            .status()
                            .name();
                case CommandRejectedDecoder.TEMPLATE_ID ->
                    new CommandRejectedDecoder()
                            .wrapAndApplyHeader(exchange.answer().buffer(), 0, header)
                            .reason()
                            .name();
                default -> "OK";
            };
        }
    }

    CompletableFuture<Outcome> createDrop(final String drop, final int capacity, final int holdSeconds) {
        return send(false, exchange -> TestMessages.createDrop(exchange.message(), drop, capacity, holdSeconds));
    }

    CompletableFuture<Outcome> placeHold(final String drop, final String buyer, final String key, final UUID hold) {
        return send(false, exchange -> TestMessages.placeHold(exchange.message(), drop, buyer, key, hold));
    }

    CompletableFuture<Outcome> placeHold(final String drop, final String buyer) {
        return placeHold(drop, buyer, "", UUID.randomUUID());
    }

    CompletableFuture<Outcome> queryDrop(final String drop) {
        return send(true, exchange -> TestMessages.queryDrop(exchange.message(), drop));
    }

    CompletableFuture<Outcome> queryHold(final UUID hold) {
        return send(true, exchange -> TestMessages.queryHold(exchange.message(), hold));
    }

    /** Encodes and submits on the event loop, in a pass of its own. */
    CompletableFuture<Outcome> send(final boolean isQuery, final ToIntFunction<Exchange> encoder) {
        final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        eventLoop.execute(() -> {
            final Exchange exchange = new Exchange();
            exchange.context(outcome);
            exchange.ready(encoder.applyAsInt(exchange), isQuery);
            final Submission submission = lane.submit(exchange);
            lane.flush();
            if (submission != Submission.ACCEPTED) {
                outcome.complete(new Outcome(submission, exchange));
            }
        });
        return outcome;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void onAnswer(final Exchange exchange) {
        ((CompletableFuture<Outcome>) exchange.context()).complete(new Outcome(Submission.ACCEPTED, exchange));
    }

    static Outcome get(final CompletableFuture<Outcome> outcome) throws Exception {
        return outcome.get(20, TimeUnit.SECONDS);
    }

    /** Waits until everything that was sent before has been submitted. */
    void awaitSubmitted() throws Exception {
        CompletableFuture.runAsync(() -> {}, eventLoop).get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        eventLoop.shutdownNow();
    }
}
