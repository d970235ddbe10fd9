package io.holdfast.gateway.json;

import static io.holdfast.gateway.json.JsonMember.ascii;

import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentImageDecoder;
import io.holdfast.core.message.PaymentOutcome;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A payment's outcome as the outside sees it, out of its image. */
public final class PaymentJson {
    private static final byte[] PAYMENT = ascii("{\"payment\":");
    private static final byte[] HOLD = ascii(",\"hold\":");
    private static final byte[] PAID = ascii(",\"outcome\":\"PAID\",\"order\":");
    private static final byte[] REACQUIRED = ascii(",\"reacquired\":");
    private static final byte[] REFUND_DUE = ascii(",\"outcome\":\"REFUND_DUE\",\"reason\":\"");
    private static final byte[] REFUND = ascii(",\"refund\":\"");
    private static final byte[] AMOUNT_MINOR = ascii(",\"amountMinor\":");
    private static final byte[] CURRENCY = ascii(",\"currency\":\"");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentImageDecoder image = new PaymentImageDecoder();
    private final UnsafeBuffer payment = new UnsafeBuffer();

    /**
     * Writes the answer to a payment: the same for ever, whatever becomes of a refund.
     *
     * @param buffer holds a PaymentImage, its header first, at {@code offset}
     */
    public void write(final DirectBuffer buffer, final int offset, final JsonBuffer json) {
        outcome(buffer, offset, json);
        json.raw('}');
    }

    /**
     * Writes the answer to a payment with what an operator needs to pay it back, and whether that was done.
     */
    public void writeRefund(final DirectBuffer buffer, final int offset, final JsonBuffer json) {
        outcome(buffer, offset, json);
        json.raw(AMOUNT_MINOR).number(image.amountMinor()).raw(CURRENCY);
        for (int i = 0; i < PaymentImageDecoder.currencyLength(); i++) {
            json.raw((char) image.currency(i));
        }
        json.raw('"').raw(REFUND).raw(image.refund().name()).raw("\"}");
    }

    /** Whether the payment written last became an order. */
    public boolean isPaid() {
        return image.outcome() == PaymentOutcome.PAID;
    }

    private void outcome(final DirectBuffer buffer, final int offset, final JsonBuffer json) {
        image.wrapAndApplyHeader(buffer, offset, header);
        image.wrapPayment(payment);
        final long mostSignificantBits = image.hold().mostSignificantBits();
        final long leastSignificantBits = image.hold().leastSignificantBits();
        json.raw(PAYMENT).string(payment, 0, payment.capacity());
        json.raw(HOLD).uuid(mostSignificantBits, leastSignificantBits);
        switch (image.outcome()) {
            case PAID ->
                json.raw(PAID)
                        .uuid(mostSignificantBits, leastSignificantBits)
                        .raw(REACQUIRED)
                        .raw(image.reacquired() == io.holdfast.core.message.BooleanType.TRUE ? TRUE : FALSE);
            case REFUND_DUE ->
                json.raw(REFUND_DUE).raw(RejectCode.of(image.reason()).code()).raw('"');
            case NULL_VAL -> throw new IllegalStateException("a payment image without an outcome");
        }
    }
}
