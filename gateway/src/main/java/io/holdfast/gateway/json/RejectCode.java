package io.holdfast.gateway.json;

import io.holdfast.core.message.RejectReason;
import java.util.Locale;

/**
 * The permanent word for each reason of the core, and the HTTP status that goes with it.
 *
 * <p>A code is the reason's name in lower case with hyphens: both are permanent, so neither can drift from
 * the other.
 */
public enum RejectCode {
    UNKNOWN_DROP(404, "Unknown drop", "There is no such drop."),
    UNKNOWN_SKU(404, "Unknown SKU", "The drop has no such SKU; nothing was held."),
    KEY_REUSED(
            422,
            "Key reused for another request",
            "The same key came before with another request; a new request needs a new key."),
    DROP_CLOSED(409, "Drop closed", "The drop is closed for good."),
    DROP_PAUSED(409, "Drop paused", "The drop is paused; it may go on later."),
    DROP_NOT_OPEN(409, "Drop not open", "The drop is not open."),
    BUYER_LIMIT(409, "Buyer's limit reached", "The buyer would have more units of this drop than one may."),
    SOLD_OUT(409, "Sold out", "Less is available than was asked; unless final, a hold that ends may free some."),
    OVERLOADED(503, "Overloaded", "A named maximum is reached; nothing was done; try again after Retry-After seconds."),
    UNKNOWN_HOLD(404, "Unknown hold", "There is no such hold."),
    HOLD_NOT_LIVE(409, "Hold not live", "The hold is not live any more."),
    DROP_EXISTS(409, "Drop exists", "A drop of this name has another definition."),
    TOO_MANY(409, "Too many", "A named maximum is reached."),
    HOLDS_LIVE(409, "Holds are live", "The drop is not closed, or holds are live; they end by themselves."),
    STOCK_IN_USE(409, "Stock in use", "Less is available than would be taken away."),
    UNKNOWN_PAYMENT(404, "Unknown payment", "There is no such payment."),
    HOLD_UNKNOWN(409, "Hold unknown", "There is no such hold for this payment."),
    ALREADY_PAID(409, "Already paid", "The hold was paid by another payment."),
    CURRENCY_MISMATCH(409, "Currency mismatch", "The payment is in another currency than the hold."),
    AMOUNT_MISMATCH(409, "Amount mismatch", "The payment is of another amount than the hold."),
    INVALID_REQUEST(400, "Invalid request", "The request breaks a rule of the core.");

    private static final RejectCode[] BY_REASON = byReason();

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final int status;
    private final String title;
    private final String detail;
    private final byte[] opening;

    RejectCode(final int status, final String title, final String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.opening = ProblemJson.opening(status, code, title, detail);
    }

    /**
     * The code of a reason.
     *
     * @throws IllegalStateException for NONE and for a reason that this version does not know
     */
    public static RejectCode of(final RejectReason reason) {
        final RejectCode code = BY_REASON[reason.ordinal()];
        if (code == null) {
            throw new IllegalStateException("no code for the reason " + reason);
        }
        return code;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }

    /** The problem's beginning, not to be changed; members may follow. */
    public byte[] opening() {
        return opening;
    }

    private static RejectCode[] byReason() {
        final RejectCode[] codes = new RejectCode[RejectReason.values().length];
        for (final RejectReason reason : RejectReason.values()) {
            if (reason != RejectReason.NONE && reason != RejectReason.NULL_VAL) {
                codes[reason.ordinal()] = valueOf(reason.name());
            }
        }
        return codes;
    }
}
