package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.HttpTarget;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/** The bytes of what buyers and payment provider ask. One thread. */
final class Requests {
    private final String holdHead;
    private final String holdTail;
    private final String deleteTail;
    private final String paymentHead;
    private final PaymentSigner signer;

    Requests(final HttpTarget target, final Keys keys, final Offer offer) {
        final String host = " HTTP/1.1\r\nHost: " + target.authority() + "\r\n";
        final String authorization = "Authorization: Bearer " + keys.apiKey() + "\r\n";
        this.holdHead = "POST /v1/drops/" + offer.drop() + "/holds" + host + authorization
                + "Content-Type: application/json\r\nIdempotency-Key: ";
        this.holdTail = "\",\"items\":[{\"sku\":\"" + offer.sku() + "\",\"quantity\":1}]}";
        this.deleteTail = host + authorization + "\r\n";
        this.paymentHead = "POST /v1/payments" + host + "Content-Type: application/json\r\nHoldfast-Signature: ";
        this.signer = new PaymentSigner(keys.paymentSecret());
    }

    int hold(final MutableDirectBuffer buffer, final String buyer, final String key) {
        return withBody(buffer, holdHead + key, "{\"buyer\":\"" + buyer + holdTail);
    }

    int release(final MutableDirectBuffer buffer, final String hold) {
        return put(buffer, "DELETE /v1/holds/" + hold + deleteTail);
    }

    int payment(final MutableDirectBuffer buffer, final String body) {
        return withBody(buffer, paymentHead + signer.sign(body), body);
    }

    static String paymentBody(final String payment, final String hold, final long amountMinor, final String currency) {
        return "{\"payment\":\"" + payment + "\",\"hold\":\"" + hold + "\",\"amountMinor\":" + amountMinor
                + ",\"currency\":\"" + currency + "\"}";
    }

    private static int withBody(final MutableDirectBuffer buffer, final String head, final String body) {
        return put(buffer, head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static int put(final MutableDirectBuffer buffer, final String request) {
        final byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
        buffer.putBytes(0, bytes);
        return bytes.length;
    }
}
