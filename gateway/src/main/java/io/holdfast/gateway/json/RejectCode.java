package io.holdfast.gateway.json;

import io.holdfast.core.message.RejectReason;
import java.util.Locale;

/**
 * The permanent word for each reason of the core, and the HTTP status that goes with it.
 *
 * <p>A code is the reason's name in lower case with hyphens: both are permanent, so neither can drift from the other.
 */
public enum RejectCode {
    UNKNOWN_DROP(404, "Unknown drop"),
    UNKNOWN_SKU(404, "Unknown SKU"),
    KEY_REUSED(422, "Key reused for another request"),
    DROP_CLOSED(409, "Drop closed"),
    DROP_PAUSED(409, "Drop paused"),
    DROP_NOT_OPEN(409, "Drop not open"),
    BUYER_LIMIT(409, "Buyer's limit reached"),
    SOLD_OUT(409, "Sold out"),
    OVERLOADED(503, "Overloaded"),
    UNKNOWN_HOLD(404, "Unknown hold"),
    HOLD_NOT_LIVE(409, "Hold not live"),
    DROP_EXISTS(409, "Drop exists"),
    TOO_MANY(409, "Too many"),
    HOLDS_LIVE(409, "Holds are live"),
    STOCK_IN_USE(409, "Stock in use"),
    UNKNOWN_PAYMENT(404, "Unknown payment"),
    HOLD_UNKNOWN(409, "Hold unknown"),
    ALREADY_PAID(409, "Already paid"),
    CURRENCY_MISMATCH(409, "Currency mismatch"),
    AMOUNT_MISMATCH(409, "Amount mismatch"),
    INVALID_REQUEST(400, "Invalid request");

    private static final RejectCode[] BY_REASON = byReason();

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final int status;
    private final String title;

    RejectCode(final int status, final String title) {
        this.status = status;
        this.title = title;
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
