package io.holdfast.gateway.api;

import io.holdfast.core.Answer;
import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.gateway.http.Fault;
import io.holdfast.gateway.http.Reply;
import io.holdfast.gateway.json.JsonBuffer;
import io.holdfast.gateway.json.RejectCode;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes a refusal of the core as a problem, with the members that belong to its code. One for each event loop. */
final class RefusalWriter {
    private static final long MS_PER_SECOND = 1_000;
    private static final long RETRY_OVERLOADED_SECONDS = 1;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandRejectedDecoder rejected = new CommandRejectedDecoder();
    private final UnsafeBuffer sku = new UnsafeBuffer();

    /** Returns the refusal that was written, for counting. */
    CommandRejectedDecoder write(final Answer answer, final Reply reply) {
        rejected.wrapAndApplyHeader(answer.buffer(), 0, header);
        final RejectCode code = RejectCode.of(rejected.reason());
        final JsonBuffer json = Fault.begin(reply, code.status(), code.code(), code.title(), code.detail());
        switch (code) {
            case SOLD_OUT -> soldOut(json);
            case BUYER_LIMIT ->
                json.raw(",\"maxPerBuyer\":")
                        .number(rejected.maxPerBuyer())
                        .raw(",\"held\":")
                        .number(rejected.held());
            case DROP_NOT_OPEN -> notOpen(answer, reply, json);
            case OVERLOADED -> reply.retryAfter(RETRY_OVERLOADED_SECONDS);
            default -> {}
        }
        json.raw(",\"sequence\":").number(answer.sequence()).raw('}');
        return rejected;
    }

    private void soldOut(final JsonBuffer json) {
        json.raw(",\"final\":").raw(rejected.isFinal() == BooleanType.TRUE ? "true" : "false");
        json.raw(",\"available\":").number(rejected.available());
        json.raw(",\"heldNow\":").number(rejected.held());
        for (final var item = rejected.items(); item.hasNext(); ) {
            item.next();
        }
        rejected.wrapSku(sku);
        json.raw(",\"sku\":").string(sku, 0, sku.capacity());
    }

    private void notOpen(final Answer answer, final Reply reply, final JsonBuffer json) {
        final long opensAtMs = rejected.opensAtMs();
        if (opensAtMs != CommandRejectedDecoder.opensAtMsNullValue()) {
            json.raw(",\"opensAt\":").time(opensAtMs);
            final long leftMs = opensAtMs - answer.timeMs();
            reply.retryAfter(Math.max(1, (leftMs + MS_PER_SECOND - 1) / MS_PER_SECOND));
        }
    }
}
