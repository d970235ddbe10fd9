package io.holdfast.gateway.api;

import io.holdfast.core.Answer;
import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.gateway.http.ContentType;
import io.holdfast.gateway.http.Reply;
import io.holdfast.gateway.json.JsonBuffer;
import io.holdfast.gateway.json.RejectCode;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a refusal of the core as a problem, with the members that belong to its code. One for each event
 * loop.
 */
final class RefusalWriter {
    private static final long MS_PER_SECOND = 1_000;
    private static final long RETRY_OVERLOADED_SECONDS = 1;

    private static final byte[] MAX_PER_BUYER = ascii(",\"maxPerBuyer\":");
    private static final byte[] HELD = ascii(",\"held\":");
    private static final byte[] SEQUENCE = ascii(",\"sequence\":");
    private static final byte[] FINAL = ascii(",\"final\":");
    private static final byte[] AVAILABLE = ascii(",\"available\":");
    private static final byte[] HELD_NOW = ascii(",\"heldNow\":");
    private static final byte[] SKU = ascii(",\"sku\":");
    private static final byte[] OPENS_AT = ascii(",\"opensAt\":");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandRejectedDecoder rejected = new CommandRejectedDecoder();
    private final UnsafeBuffer sku = new UnsafeBuffer();

    /** Returns the refusal that was written, for counting. */
    CommandRejectedDecoder write(final Answer answer, final Reply reply) {
        rejected.wrapAndApplyHeader(answer.buffer(), 0, header);
        final RejectCode code = RejectCode.of(rejected.reason());
        final JsonBuffer json =
                reply.begin(code.status(), ContentType.PROBLEM).body().raw(code.opening());
        switch (code) {
            case SOLD_OUT -> soldOut(json);
            case BUYER_LIMIT ->
                json.raw(MAX_PER_BUYER).number(rejected.maxPerBuyer()).raw(HELD).number(rejected.held());
            case DROP_NOT_OPEN -> notOpen(answer, reply, json);
            case OVERLOADED -> reply.retryAfter(RETRY_OVERLOADED_SECONDS);
            default -> {}
        }
        json.raw(SEQUENCE).number(answer.sequence()).raw('}');
        return rejected;
    }

    private void soldOut(final JsonBuffer json) {
        json.raw(FINAL).raw(rejected.isFinal() == BooleanType.TRUE ? TRUE : FALSE);
        json.raw(AVAILABLE).number(rejected.available());
        json.raw(HELD_NOW).number(rejected.held());
        for (final var item = rejected.items(); item.hasNext(); ) {
            item.next();
        }
        rejected.wrapSku(sku);
        json.raw(SKU).string(sku, 0, sku.capacity());
    }

    private void notOpen(final Answer answer, final Reply reply, final JsonBuffer json) {
        final long opensAtMs = rejected.opensAtMs();
        if (opensAtMs != CommandRejectedDecoder.opensAtMsNullValue()) {
            json.raw(OPENS_AT).time(opensAtMs);
            final long leftMs = opensAtMs - answer.timeMs();
            reply.retryAfter(Math.max(1, (leftMs + MS_PER_SECOND - 1) / MS_PER_SECOND));
        }
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
