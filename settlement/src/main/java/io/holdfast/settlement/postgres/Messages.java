package io.holdfast.settlement.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.settlement.webhook.MessageBodies;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.agrona.DirectBuffer;

/** Makes the messages of the webhook outbox. */
final class Messages {
    static final String ORDER_PAID = "order.paid";
    static final String REFUND_DUE = "refund.due";
    static final String HOLD_EXPIRED = "hold.expired";
    static final String DROP_SOLD_OUT = "drop.sold-out";

    /** 128 bits: nobody meets two events of one id. */
    private static final int ID_BYTES = 16;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final UUID journalId;
    private final MessageBodies bodies;
    private final MessageDigest digest;

    Messages(final UUID journalId, final MessageBodies bodies) {
        this.journalId = journalId;
        this.bodies = bodies;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    MessageRow orderPaid(
            final String paymentId, final UUID holdId, final DirectBuffer image, final int offset, final long timeMs) {
        return message(
                ORDER_PAID,
                paymentId,
                holdId.toString(),
                timeMs,
                bodies.hold(image, offset, timeMs),
                Optional.of(paymentId));
    }

    MessageRow refundDue(
            final String paymentId, final UUID holdId, final DirectBuffer image, final int offset, final long timeMs) {
        return message(
                REFUND_DUE,
                paymentId,
                holdId.toString(),
                timeMs,
                bodies.payment(image, offset),
                Optional.of(paymentId));
    }

    /** A hold expires once: what is paid after that never expires again. */
    MessageRow holdExpired(final UUID holdId, final DirectBuffer image, final int offset, final long timeMs) {
        final String key = holdId.toString();
        return message(HOLD_EXPIRED, key, key, timeMs, bodies.hold(image, offset, timeMs), Optional.empty());
    }

    /** A drop is sold out for good once, and its name is never another's. */
    MessageRow dropSoldOut(final String drop, final DirectBuffer image, final int offset, final long timeMs) {
        return message(DROP_SOLD_OUT, drop, drop, timeMs, bodies.drop(image, offset), Optional.empty());
    }

    private MessageRow message(
            final String type,
            final String key,
            final String subject,
            final long timeMs,
            final String data,
            final Optional<String> payment) {
        final String body = "{\"type\":\"" + type + "\",\"timestamp\":\"" + TIME.format(Instant.ofEpochMilli(timeMs))
                + "\",\"data\":" + data + "}";
        return new MessageRow(messageId(type, key), type, subject, body, payment);
    }

    /** Of the journal, the type and the key only: the same event has the same id, whatever road led to it. */
    private String messageId(final String type, final String key) {
        final byte[] hash = digest.digest((journalId + "\n" + type + "\n" + key).getBytes(UTF_8));
        return "msg_" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }
}
