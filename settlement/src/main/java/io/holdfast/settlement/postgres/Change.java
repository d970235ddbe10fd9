package io.holdfast.settlement.postgres;

import java.util.Optional;
import java.util.UUID;

/** What one event changes in the database: all of it or nothing. */
sealed interface Change {
    /** Where the cursor may stand when all before this change is settled, and it is not. */
    Place before();

    /** Of the command that led to it. */
    long sequence();

    /** For people, such as {@code payment pi_123}. */
    String subject();

    /** Adds its rows to those that are written together. */
    void addTo(Rows rows);

    /** About how many bytes it takes, here and on the wire. */
    default int bytes() {
        return 256;
    }

    /** A hold was paid: a payment and its order. */
    record Paid(Place before, OrderRow order, Optional<MessageRow> message) implements Change {
        @Override
        public long sequence() {
            return order.payment().sequence();
        }

        @Override
        public String subject() {
            return order.payment().subject();
        }

        @Override
        public void addTo(final Rows rows) {
            rows.payments().add(order.payment());
            rows.orders().add(order);
            message.ifPresent(rows.messages()::add);
        }

        @Override
        public int bytes() {
            return 512 + Outbox.bytes(message);
        }
    }

    /** A hold was paid of which nothing else is known any more, since its drop was archived: the payment alone. */
    record PaidOfArchivedDrop(Place before, PaymentRow payment) implements Change {
        @Override
        public long sequence() {
            return payment.sequence();
        }

        @Override
        public String subject() {
            return payment.subject();
        }

        @Override
        public void addTo(final Rows rows) {
            rows.payments().add(payment);
            rows.orderless().add(payment);
        }
    }

    /** A payment bought nothing: it and the refund that is due, or was paid back since. */
    record Unfulfilled(Place before, RefundRow refund, Optional<MessageRow> message) implements Change {
        @Override
        public long sequence() {
            return refund.payment().sequence();
        }

        @Override
        public String subject() {
            return refund.payment().subject();
        }

        @Override
        public void addTo(final Rows rows) {
            rows.payments().add(refund.payment());
            rows.refunds().add(refund);
            if (refund.isSettled()) {
                rows.settledRefunds()
                        .add(new RefundSettled(before, refund.payment().sequence(), refund.paymentId()));
            }
            message.ifPresent(rows.messages()::add);
        }

        @Override
        public int bytes() {
            return 512 + Outbox.bytes(message);
        }
    }

    /** A refund was paid back. */
    record RefundSettled(Place before, long sequence, String paymentId) implements Change {
        @Override
        public String subject() {
            return "refund " + paymentId;
        }

        @Override
        public void addTo(final Rows rows) {
            rows.settledRefunds().add(this);
        }
    }

    /** Something is to be told to the outside, and nothing else. */
    record Told(Place before, long sequence, MessageRow message) implements Change {
        @Override
        public String subject() {
            return message.type() + " " + message.subject();
        }

        @Override
        public void addTo(final Rows rows) {
            rows.messages().add(message);
        }

        @Override
        public int bytes() {
            return 256 + Outbox.bytes(Optional.of(message));
        }
    }

    /** A paid hold of a snapshot, put by until its payment turns up. */
    record HoldPutBy(Place before, long sequence, UUID holdId, byte[] image) implements Change {
        @Override
        public String subject() {
            return "hold " + holdId;
        }

        @Override
        public void addTo(final Rows rows) {
            rows.holds().add(this);
        }

        @Override
        public int bytes() {
            return 256 + image.length;
        }
    }
}
