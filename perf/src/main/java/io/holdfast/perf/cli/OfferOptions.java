package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.rehearsal.Offer;
import io.holdfast.perf.rehearsal.Rehearsal;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What is sold. */
final class OfferOptions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int STOCK_MAX = 10_000_000;
    private static final long PRICE_MAX = 100_000_000;
    private static final int PER_BUYER_MAX = 1_000_000;

    @Option(
            names = "--drop",
            paramLabel = "DROP",
            description =
                    "A drop that is there; otherwise one is made, and put away when nothing was oversold or lost.")
    private String drop;

    @Option(names = "--keep-drop", description = "Leaves the drop that was made as it is.")
    private boolean isKept;

    @Option(
            names = "--sku",
            paramLabel = "SKU",
            defaultValue = "GA",
            description = "What is bought (${DEFAULT-VALUE}).")
    private String sku;

    @Option(
            names = "--stock",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Units of the drop that is made (${DEFAULT-VALUE}).")
    private int stock;

    @Option(
            names = "--price-minor",
            paramLabel = "N",
            defaultValue = "4500",
            description = "Price of a unit, in minor units; 0 for none (${DEFAULT-VALUE}).")
    private long priceMinor;

    @Option(names = "--currency", paramLabel = "CODE", defaultValue = "EUR", description = "(${DEFAULT-VALUE}).")
    private String currency;

    @Option(
            names = "--max-per-buyer",
            paramLabel = "N",
            defaultValue = "4",
            description = "Units that one buyer gets at most; 0 for no limit (${DEFAULT-VALUE}).")
    private int maxPerBuyer;

    boolean isPutAway() {
        return drop == null && !isKept;
    }

    boolean isGiven() {
        return drop != null;
    }

    int stock() {
        return stock;
    }

    Offer offer() {
        return offer(stock);
    }

    Offer offer(final int units) {
        ArrivalOptions.check("--stock", stock, 1, STOCK_MAX);
        ArrivalOptions.check("--price-minor", priceMinor, 0, PRICE_MAX);
        ArrivalOptions.check("--max-per-buyer", maxPerBuyer, 0, PER_BUYER_MAX);
        checkForm("--sku", sku, NAME);
        checkForm("--currency", currency, CURRENCY);
        if (isGiven()) {
            checkForm("--drop", drop, NAME);
        }
        final String name = isGiven() ? drop : Rehearsal.freshDrop();
        return new Offer(name, !isGiven(), sku, units, priceMinor, currency, maxPerBuyer);
    }

    /** Another drop, of the same kind, in which half of so many get something. */
    Offer forWarmUp(final int buyers) {
        final int units = Math.max(1, buyers / 2);
        return new Offer(Rehearsal.freshDrop() + "-warm", true, sku, units, priceMinor, currency, maxPerBuyer);
    }

    private static void checkForm(final String flag, final String value, final Pattern form) {
        if (!form.matcher(value).matches()) {
            throw new UsageException(flag + ": '" + value + "' is not of the form " + form);
        }
    }
}
