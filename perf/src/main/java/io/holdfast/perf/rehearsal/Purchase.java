package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Answer;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;

/**
 * The payment provider's word that somebody has paid, repeated until it is heard, as providers do. One thread, its loop's.
 */
final class Purchase extends Insistent {
    private static final int OK = 200;

    /** What a drop without prices is paid with. */
    private static final long AMOUNT_WITHOUT_PRICES = 100;

    private static final String CURRENCY_WITHOUT_PRICES = "EUR";

    private final HoldAnswer hold;
    private final Grant grant;
    private final Times times;
    private final long amountMinor;
    private final String currency;

    private String payment;
    private String body;
    private long dueNs;
    private boolean isSecond;

    /** How often somebody pays. */
    enum Times {
        ONCE,
        /** The same payment once more: the provider sends it twice. */
        AGAIN,
        /** Another payment for the same hold: somebody pressed Pay twice. */
        ANOTHER
    }

    Purchase(
            final Stage stage,
            final HoldAnswer hold,
            final Grant grant,
            final Times times,
            final SplittableRandom random) {
        super(stage, random);
        this.hold = hold;
        this.grant = grant;
        this.times = times;
        this.amountMinor = hold.currency().isEmpty() ? AMOUNT_WITHOUT_PRICES : hold.amountMinor();
        this.currency = hold.currency().isEmpty() ? CURRENCY_WITHOUT_PRICES : hold.currency();
    }

    /** Pays. */
    void begin(final long paymentDueNs) {
        dueNs = paymentDueNs;
        grant.payBegins();
        pay("p1");
    }

    private void pay(final String suffix) {
        payment = hold.buyer() + "-" + suffix;
        body = Requests.paymentBody(payment, hold.id(), amountMinor, currency);
        startAfresh();
    }

    @Override
    public int write(final MutableDirectBuffer buffer) {
        return stage().requests().payment(buffer, body);
    }

    @Override
    void onVerdict(final Answer answer, final long sentNs, final long receivedNs) {
        if (answer.status() == OK) {
            onOutcome(answer, receivedNs);
        } else {
            stage().ledger().fault("payment " + payment + " was answered " + Stage.unexpected(answer));
            stage().onSettled();
        }
    }

    private void onOutcome(final Answer answer, final long receivedNs) {
        final PaymentFact fact;
        try {
            final Map<String, Object> fields = Stage.fields(answer);
            final String reason = fields.containsKey("reason") ? JsonReading.text(fields, "reason") : "";
            fact = new PaymentFact(
                    JsonReading.text(fields, "hold"), amountMinor, JsonReading.text(fields, "outcome"), reason);
        } catch (final IllegalArgumentException e) {
            stage().ledger().fault("payment " + payment + " was answered 200 without an outcome: " + e.getMessage());
            stage().onSettled();
            return;
        }
        stage().ledger().onPayment(payment, fact);
        stage().ledger().onPaymentAnswered(receivedNs - dueNs);
        if (fact.isPaid()) {
            grant.paid();
        }
        if (isSecond || times == Times.ONCE) {
            stage().onSettled();
            return;
        }
        isSecond = true;
        dueNs = receivedNs;
        pay(times == Times.AGAIN ? "p1" : "p2");
    }

    @Override
    void onGivenUp(final long nowNs) {
        stage().ledger().onOpenPayment();
        stage().onSettled();
    }
}
