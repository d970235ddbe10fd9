package io.holdfast.gateway.audit;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.RejectReason;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;

/** Says amounts, times and reasons as a person at a help desk would. */
final class Wording {
    private static final DateTimeFormatter CLOCK_MS =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Wording() {}

    static LocalDate date(final long timeMs) {
        return Instant.ofEpochMilli(timeMs).atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** The time of day, UTC, to the millisecond. */
    static String clockMs(final long timeMs) {
        return CLOCK_MS.format(Instant.ofEpochMilli(timeMs));
    }

    /** A time near another one: the date is said only when it is another day. */
    static String near(final long timeMs, final long nearMs) {
        final String clock = CLOCK.format(Instant.ofEpochMilli(timeMs));
        return date(timeMs).equals(date(nearMs)) ? clock : date(timeMs) + " " + clock;
    }

    /** Minor units with the currency's own number of decimals; two for a currency that Java does not know. */
    static String money(final long amountMinor, final String currency) {
        if (currency.isBlank()) {
            return Long.toString(amountMinor);
        }
        return BigDecimal.valueOf(amountMinor, decimals(currency)).toPlainString() + " " + currency;
    }

    private static int decimals(final String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (final IllegalArgumentException e) {
            return 2;
        }
    }

    /** Why a command was refused, with the figures that it was refused over. */
    static String refusal(final CommandRejectedDecoder rejected, final String sku) {
        return switch (rejected.reason()) {
            case SOLD_OUT ->
                "sold out: " + (sku.isEmpty() ? "there were " : sku + " had ") + rejected.available() + " left and "
                        + rejected.held() + " held, " + outlook(rejected);
            case BUYER_LIMIT ->
                "at most " + rejected.maxPerBuyer() + " each, and the buyer already had " + rejected.held();
            case DROP_NOT_OPEN ->
                rejected.opensAtMs() == CommandRejectedDecoder.opensAtMsNullValue()
                        ? "the drop was not open"
                        : "the drop was to open at " + Instant.ofEpochMilli(rejected.opensAtMs());
            case UNKNOWN_SKU -> "the drop has no " + (sku.isEmpty() ? "such item" : sku);
            default -> reason(rejected.reason());
        };
    }

    private static String outlook(final CommandRejectedDecoder rejected) {
        return rejected.isFinal() == BooleanType.TRUE
                ? "too few even if all of them came back"
                : "so some could still come back";
    }

    static String reason(final RejectReason reason) {
        return switch (reason) {
            case NONE, NULL_VAL -> "no reason was given";
            case UNKNOWN_DROP -> "there was no such drop";
            case UNKNOWN_SKU -> "the drop has no such item";
            case KEY_REUSED -> "the key had been used for another request";
            case DROP_CLOSED -> "the drop was closed";
            case DROP_PAUSED -> "the drop was paused";
            case DROP_NOT_OPEN -> "the drop was not open";
            case BUYER_LIMIT -> "the buyer's limit was reached";
            case SOLD_OUT -> "it was sold out";
            case OVERLOADED -> "the server had no room for more holds";
            case UNKNOWN_HOLD -> "there was no such hold";
            case HOLD_NOT_LIVE -> "the hold had ended";
            case HOLD_UNKNOWN -> "nobody knew the hold";
            case ALREADY_PAID -> "the hold was paid already";
            case CURRENCY_MISMATCH -> "the currency was another one";
            case AMOUNT_MISMATCH -> "the amount was another one";
            default -> reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
