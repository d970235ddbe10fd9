package io.holdfast.perf.load;

import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * Buy requests, each with a buyer and an Idempotency-Key of its own. The bytes are the same but for the digits of the
 * index in both, so a request is one copy and twenty digits. Immutable.
 */
public final class HoldRequests implements RequestSource {
    private static final int DIGITS = 10;
    private static final String DIGITS_PLACE = "0".repeat(DIGITS);

    private final byte[] template;
    private final int keyOffset;
    private final int buyerOffset;

    /**
     * @param apiKey or empty, for a server that asks for none
     * @param run tells the keys and buyers of this run from those of others, at most 32 of {@code A-Z a-z 0-9}
     */
    public HoldRequests(
            final HttpTarget target, final String apiKey, final String drop, final String sku, final String run) {
        final String body =
                "{\"buyer\":\"" + run + "-" + DIGITS_PLACE + "\",\"items\":[{\"sku\":\"" + sku + "\",\"quantity\":1}]}";
        final String head = "POST /v1/drops/" + drop + "/holds HTTP/1.1\r\nHost: " + target.authority() + "\r\n"
                + (apiKey.isEmpty() ? "" : "Authorization: Bearer " + apiKey + "\r\n")
                + "Content-Type: application/json\r\nIdempotency-Key: " + run + "-" + DIGITS_PLACE
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        this.template = (head + body).getBytes(StandardCharsets.US_ASCII);
        this.keyOffset = head.indexOf("Idempotency-Key: " + run + "-") + ("Idempotency-Key: " + run + "-").length();
        this.buyerOffset = head.length() + ("{\"buyer\":\"" + run + "-").length();
        if (template.length > REQUEST_LENGTH_MAX) {
            throw new IllegalArgumentException("a request of " + template.length + " bytes");
        }
    }

    @Override
    public int write(final long index, final MutableDirectBuffer buffer) {
        buffer.putBytes(0, template);
        buffer.putNaturalPaddedIntAscii(keyOffset, DIGITS, (int) index);
        buffer.putNaturalPaddedIntAscii(buyerOffset, DIGITS, (int) index);
        return template.length;
    }
}
