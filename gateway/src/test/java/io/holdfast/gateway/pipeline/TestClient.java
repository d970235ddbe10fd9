package io.holdfast.gateway.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.CreateDropDecoder;
import io.holdfast.core.message.CreateDropEncoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PlaceHoldEncoder;
import io.holdfast.core.message.QueryDropEncoder;
import io.holdfast.core.message.QueryHoldEncoder;
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
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

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
            if (!isAnswered()) {
                return submission == Submission.ACCEPTED ? "UNKNOWN" : submission.name();
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
        return send(false, exchange -> {
            final CreateDropEncoder create = new CreateDropEncoder();
            create.wrapAndApplyHeader(exchange.message(), 0, header)
                    .opensAtMs(CreateDropDecoder.opensAtMsNullValue())
                    .closesAtMs(CreateDropDecoder.closesAtMsNullValue())
                    .holdSeconds(holdSeconds)
                    .paymentGraceSeconds(0)
                    .maxHoldSeconds(Math.max(600, holdSeconds))
                    .maxPerBuyer(0)
                    .putCurrency((byte) 0, (byte) 0, (byte) 0);
            create.skusCount(1)
                    .next()
                    .capacity(capacity)
                    .priceMinor(CreateDropDecoder.SkusDecoder.priceMinorNullValue())
                    .sku("GA");
            create.drop(drop).name(drop);
            return create.limit();
        });
    }

    CompletableFuture<Outcome> placeHold(final String drop, final String buyer, final String key, final UUID hold) {
        return send(false, exchange -> {
            final PlaceHoldEncoder place = new PlaceHoldEncoder();
            place.wrapAndApplyHeader(exchange.message(), 0, header);
            place.hold()
                    .mostSignificantBits(hold.getMostSignificantBits())
                    .leastSignificantBits(hold.getLeastSignificantBits());
            place.itemsCount(1).next().quantity(1).sku("GA");
            final byte[] keyBytes = key.getBytes(US_ASCII);
            place.drop(drop).buyer(buyer).putKey(keyBytes, 0, keyBytes.length);
            return place.limit();
        });
    }

    CompletableFuture<Outcome> placeHold(final String drop, final String buyer) {
        return placeHold(drop, buyer, "", UUID.randomUUID());
    }

    CompletableFuture<Outcome> queryDrop(final String drop) {
        return send(true, exchange -> {
            final QueryDropEncoder query = new QueryDropEncoder();
            query.wrapAndApplyHeader(exchange.message(), 0, header).drop(drop);
            return query.limit();
        });
    }

    CompletableFuture<Outcome> queryHold(final UUID hold) {
        return send(true, exchange -> {
            final QueryHoldEncoder query = new QueryHoldEncoder();
            query.wrapAndApplyHeader(exchange.message(), 0, header);
            query.hold()
                    .mostSignificantBits(hold.getMostSignificantBits())
                    .leastSignificantBits(hold.getLeastSignificantBits());
            query.drop("").buyer("");
            return query.limit();
        });
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
