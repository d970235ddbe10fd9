package io.holdfast.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.DropImageEncoder;
import io.holdfast.core.message.DropStatus;
import io.holdfast.core.message.HoldImageEncoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PaymentImageEncoder;
import io.holdfast.core.message.PaymentOutcome;
import io.holdfast.core.message.RefundStatus;
import io.holdfast.core.message.RejectReason;
import java.util.UUID;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class WebhookJsonTest {
    /** Images stand in the middle of a record. */
    private static final int OFFSET = 37;

    private static final long NOON_MS = 1_795_435_200_000L;
    private static final UUID HOLD = UUID.fromString("0e0f0000-0000-4000-8000-00000000000a");

    private final ExpandableArrayBuffer image = new ExpandableArrayBuffer();
    private final WebhookJson bodies = new WebhookJson();

    private void encodeHold(final HoldStatus status, final long amountMinor) {
        final HoldImageEncoder hold =
                new HoldImageEncoder().wrapAndApplyHeader(image, OFFSET, new MessageHeaderEncoder());
        hold.hold()
                .mostSignificantBits(HOLD.getMostSignificantBits())
                .leastSignificantBits(HOLD.getLeastSignificantBits());
        hold.sequence(4711)
                .createdAtMs(NOON_MS)
                .expiresAtMs(NOON_MS + 300_000)
                .amountMinor(amountMinor)
                .dropNumber(1)
                .status(status)
                .currency("EUR");
        hold.itemsCount(1).next().skuIndex(0).quantity(2).priceMinor(4500).sku("GA");
        hold.drop("tour-berlin").buyer("b-17");
    }

    @Test
    void shouldWriteTheOrderAsTheApiDoes() {
        encodeHold(HoldStatus.PAID, 9000);

        assertThat(bodies.hold(image, OFFSET, NOON_MS + 1_000))
                .isEqualTo("{\"hold\":\"" + HOLD + "\",\"drop\":\"tour-berlin\",\"buyer\":\"b-17\","
                        + "\"items\":[{\"sku\":\"GA\",\"quantity\":2}],\"status\":\"PAID\",\"sequence\":4711,"
                        + "\"createdAt\":\"2026-11-23T12:00:00.000Z\",\"expiresAt\":\"2026-11-23T12:05:00.000Z\","
                        + "\"expiresInMillis\":0,\"amountMinor\":9000,\"currency\":\"EUR\",\"order\":\"" + HOLD
                        + "\"}");
    }

    @Test
    void shouldCountWhatIsRelativeFromTheEvent() {
        encodeHold(HoldStatus.HELD, HoldImageEncoder.amountMinorNullValue());
        assertThat(bodies.hold(image, OFFSET, NOON_MS + 1_000))
                .endsWith("\"expiresInMillis\":299000}")
                .doesNotContain("amountMinor", "order");

        encodeHold(HoldStatus.EXPIRED, 9000);
        assertThat(bodies.hold(image, OFFSET, NOON_MS + 315_000))
                .contains("\"status\":\"EXPIRED\"", "\"expiresInMillis\":0");
    }

    @Test
    void shouldWriteTheRefundAsThePaymentWasAnswered() {
        final PaymentImageEncoder payment =
                new PaymentImageEncoder().wrapAndApplyHeader(image, OFFSET, new MessageHeaderEncoder());
        payment.hold()
                .mostSignificantBits(HOLD.getMostSignificantBits())
                .leastSignificantBits(HOLD.getLeastSignificantBits());
        payment.sequence(4712)
                .recordedAtMs(NOON_MS)
                .amountMinor(9000)
                .currency("EUR")
                .outcome(PaymentOutcome.REFUND_DUE)
                .reacquired(BooleanType.FALSE)
                .refund(RefundStatus.DUE)
                .reason(RejectReason.SOLD_OUT)
                .payment("pi_\"1\"");

        assertThat(bodies.payment(image, OFFSET))
                .isEqualTo("{\"payment\":\"pi_\\\"1\\\"\",\"hold\":\"" + HOLD
                        + "\",\"outcome\":\"REFUND_DUE\",\"reason\":\"sold-out\"}");
    }

    @Test
    void shouldWriteTheDropWithItsNameInAnyScript() {
        final DropImageEncoder drop =
                new DropImageEncoder().wrapAndApplyHeader(image, OFFSET, new MessageHeaderEncoder());
        drop.sequence(4713)
                .opensAtMs(DropImageEncoder.opensAtMsNullValue())
                .closesAtMs(NOON_MS)
                .dropNumber(1)
                .holdSeconds(300)
                .paymentGraceSeconds(15)
                .maxHoldSeconds(600)
                .maxPerBuyer(0)
                .status(DropStatus.OPEN)
                .currency("EUR");
        drop.skusCount(1)
                .next()
                .capacity(5)
                .available(0)
                .held(0)
                .sold(5)
                .priceMinor(4500)
                .sku("GA");
        drop.drop("tour-berlin").name("Köln 東京");

        assertThat(bodies.drop(image, OFFSET))
                .isEqualTo("{\"drop\":\"tour-berlin\",\"name\":\"Köln 東京\",\"status\":\"OPEN\",\"sequence\":4713,"
                        + "\"closesAt\":\"2026-11-23T12:00:00.000Z\",\"holdSeconds\":300,\"paymentGraceSeconds\":15,"
                        + "\"maxHoldSeconds\":600,\"skus\":[{\"sku\":\"GA\",\"capacity\":5,\"available\":0,\"held\":0,"
                        + "\"sold\":5,\"priceMinor\":4500,\"currency\":\"EUR\"}]}");
    }
}
