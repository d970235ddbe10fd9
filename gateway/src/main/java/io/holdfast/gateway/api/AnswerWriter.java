package io.holdfast.gateway.api;

import io.holdfast.core.Answer;
import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.ImagePageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentImageDecoder;
import io.holdfast.core.message.PlaceHoldDecoder;
import io.holdfast.gateway.http.ContentType;
import io.holdfast.gateway.http.Fault;
import io.holdfast.gateway.http.Reply;
import io.holdfast.gateway.json.DropJson;
import io.holdfast.gateway.json.HoldJson;
import io.holdfast.gateway.json.JsonBuffer;
import io.holdfast.gateway.json.PaymentJson;
import io.holdfast.gateway.management.LoopMetrics;
import io.holdfast.gateway.sequencer.Exchange;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes what the core said as an HTTP reply. One for each event loop. */
final class AnswerWriter {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final long RETRY_SECONDS = 5;
    private static final byte[] LOCATION_HOLD = ascii("Location: /v1/holds/");
    private static final byte[] LOCATION_DROP = ascii("Location: /v1/drops/");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] REPLAYED = ascii("Idempotent-Replayed: true\r\n");

    private static final byte[] DROPS = ascii("{\"drops\":[");
    private static final byte[] HOLDS = ascii("{\"holds\":[");
    private static final byte[] REFUNDS = ascii("{\"refunds\":[");

    private final LoopMetrics metrics;
    private final HoldJson holdJson = new HoldJson();
    private final DropJson dropJson = new DropJson();
    private final PaymentJson paymentJson = new PaymentJson();
    private final RefusalWriter refusals = new RefusalWriter();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ImagePageDecoder page = new ImagePageDecoder();
    private final PlaceHoldDecoder placeHold = new PlaceHoldDecoder();
    private final DropImageDecoder drop = new DropImageDecoder();
    private final UnsafeBuffer image = new UnsafeBuffer();

    AnswerWriter(final LoopMetrics metrics) {
        this.metrics = metrics;
    }

    /** @throws IllegalStateException when the core's answer is none that the route can have */
    void write(final Route route, final Exchange exchange, final Reply reply) {
        if (!exchange.isAnswered()) {
            Fault.SHUTTING_DOWN.write(
                    reply, "The server stopped before the outcome was durable: ask again with the same key.");
            reply.retryAfter(RETRY_SECONDS);
            return;
        }
        final Answer answer = exchange.answer();
        switch (answer.templateId()) {
            case HoldImageDecoder.TEMPLATE_ID -> hold(route, exchange, reply);
            case DropImageDecoder.TEMPLATE_ID -> drop(route, answer, reply);
            case PaymentImageDecoder.TEMPLATE_ID -> payment(route, answer, reply);
            case ImagePageDecoder.TEMPLATE_ID -> page(route, answer, reply);
            case CommandRejectedDecoder.TEMPLATE_ID -> rejected(route, exchange, reply);
            default -> throw new IllegalStateException("an answer of template " + answer.templateId());
        }
    }

    private void hold(final Route route, final Exchange exchange, final Reply reply) {
        final Answer answer = exchange.answer();
        if (route == Route.RELEASE_HOLD) {
            reply.begin(NO_CONTENT, ContentType.NONE);
            return;
        }
        reply.begin(route == Route.PLACE_HOLD ? CREATED : OK, ContentType.JSON);
        holdJson.write(answer.buffer(), 0, answer.timeMs(), reply.body());
        if (route == Route.PLACE_HOLD) {
            final HoldImageDecoder placed = holdJson.image();
            reply.fields()
                    .raw(LOCATION_HOLD)
                    .bareUuid(placed.hold().mostSignificantBits(), placed.hold().leastSignificantBits())
                    .raw(LINE_END);
            replayed(answer, reply);
            count(placed.dropNumber(), answer.repeated() ? Verdicts.REPEATED : Verdicts.GRANTED, exchange);
        }
    }

    private void drop(final Route route, final Answer answer, final Reply reply) {
        final boolean created = route == Route.CREATE_DROP && !answer.repeated();
        reply.begin(created ? CREATED : OK, ContentType.JSON);
        dropJson.write(answer.buffer(), 0, reply.body());
        if (created) {
            drop.wrapAndApplyHeader(answer.buffer(), 0, header);
            for (final var sku = drop.skus(); sku.hasNext(); ) {
                sku.next().skipSku();
            }
            drop.wrapDrop(image);
            reply.fields().raw(LOCATION_DROP);
            for (int i = 0; i < image.capacity(); i++) {
                reply.fields().raw((char) image.getByte(i));
            }
            reply.fields().raw(LINE_END);
        } else if (route == Route.ADJUST_STOCK) {
            replayed(answer, reply);
        }
    }

    private void payment(final Route route, final Answer answer, final Reply reply) {
        reply.begin(OK, ContentType.JSON);
        if (route == Route.SETTLE_REFUND) {
            paymentJson.writeRefund(answer.buffer(), 0, reply.body());
        } else {
            paymentJson.write(answer.buffer(), 0, reply.body());
            metrics.payment(paymentJson.isPaid() ? Verdicts.PAID : Verdicts.REFUND_DUE);
        }
    }

    private void page(final Route route, final Answer answer, final Reply reply) {
        final JsonBuffer json = reply.begin(OK, ContentType.JSON).body();
        json.raw(
                switch (route) {
                    case LIST_DROPS -> DROPS;
                    case LIST_REFUNDS -> REFUNDS;
                    default -> HOLDS;
                });
        page.wrapAndApplyHeader(answer.buffer(), 0, header);
        final long next = page.next();
        boolean first = true;
        for (final var entry = page.images(); entry.hasNext(); first = false) {
            entry.next().wrapImage(image);
            if (!first) {
                json.raw(',');
            }
            switch (route) {
                case LIST_DROPS -> dropJson.write(image, 0, json);
                case LIST_REFUNDS -> paymentJson.writeRefund(image, 0, json);
                default -> holdJson.write(image, 0, answer.timeMs(), json);
            }
        }
        json.raw("],\"next\":");
        if (next == ImagePageDecoder.nextNullValue()) {
            json.raw("null}");
        } else {
            json.number(next).raw('}');
        }
    }

    private void rejected(final Route route, final Exchange exchange, final Reply reply) {
        final CommandRejectedDecoder rejected = refusals.write(exchange.answer(), reply);
        if (route == Route.PLACE_HOLD) {
            count(rejected.dropNumber(), Verdicts.of(rejected.reason()), exchange);
        } else if (route == Route.RECORD_PAYMENT) {
            metrics.payment(Verdicts.REJECTED);
        }
    }

    private void count(final int dropNumber, final int verdict, final Exchange exchange) {
        if (dropNumber >= 0 && !metrics.hold(dropNumber, verdict)) {
            metrics.open(dropNumber, dropOf(exchange.message()));
            metrics.hold(dropNumber, verdict);
        }
    }

    private String dropOf(final DirectBuffer command) {
        placeHold.wrapAndApplyHeader(command, 0, header);
        for (final var item = placeHold.items(); item.hasNext(); ) {
            item.next().skipSku();
        }
        return placeHold.drop();
    }

    private static void replayed(final Answer answer, final Reply reply) {
        if (answer.repeated()) {
            reply.fields().raw(REPLAYED);
        }
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
