package io.holdfast.gateway.json;

import io.holdfast.settlement.webhook.MessageBodies;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** What webhooks say, in the words of the HTTP API. Owned by one thread. */
public final class WebhookJson implements MessageBodies {
    private final HoldJson holdJson = new HoldJson();
    private final PaymentJson paymentJson = new PaymentJson();
    private final DropJson dropJson = new DropJson();
    private final JsonBuffer json = new JsonBuffer();

    @Override
    public String hold(final DirectBuffer image, final int offset, final long nowMs) {
        holdJson.write(image, offset, nowMs, json.clear());
        return text();
    }

    @Override
    public String payment(final DirectBuffer image, final int offset) {
        paymentJson.write(image, offset, json.clear());
        return text();
    }

    @Override
    public String drop(final DirectBuffer image, final int offset) {
        dropJson.write(image, offset, json.clear());
        return text();
    }

    private String text() {
        return new String(json.bytes(), 0, json.length(), StandardCharsets.UTF_8);
    }
}
