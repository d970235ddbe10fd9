package io.holdfast.core;

import io.holdfast.core.OracleHolds.Model.Delivery;
import io.holdfast.core.OracleHolds.Model.Hold;
import io.holdfast.core.OracleHolds.Model.Payment;
import io.holdfast.core.OracleHolds.Model.Sale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the rules say, as plainly as it can be said: collections, searches through all there is, no care for speed. It
 * shares no code with the core but the commands, and speaks of events in the same words.
 */
final class Oracle extends OracleHolds {
    /** Decides and returns the events. */
    List<String> decide(final long commandSequence, final long timeMs, final Command command) {
        sequence = commandSequence;
        now = timeMs;
        events = new ArrayList<>();
        if (command.kind == Command.Kind.START) {
            start(command);
        }
        for (int i = 0; i < 64 && emitFirstDue(); i++) {
            // Each round emits one.
        }
        switch (command.kind) {
            case PLACE -> place(command);
            case EXTEND -> extend(command);
            case RELEASE -> release(command);
            case PAY -> pay(command);
            case SETTLE -> settle(command);
            case CREATE -> create(command);
            case OPEN, PAUSE, CLOSE -> move(command);
            case ARCHIVE -> archive(command);
            case ADJUST -> adjust(command);
            case RULES -> {
                events.add("RulesActivated 1");
                rules = command.rules.clone();
            }
            default -> {
                // A start and the idle command: all there is to them was emitted.
            }
        }
        return events;
    }

    /** Before what is due, so that no hold from before it is. */
    private void start(final Command command) {
        events.add("ServerStarted " + command.number);
        holds.values().stream()
                .filter(hold -> hold.status.equals("HELD"))
                .forEach(hold -> hold.dueMs = Math.max(hold.dueMs, now + 60_000));
    }

    private Payment payment(final String id) {
        return payments.stream()
                .filter(each -> each.command.payment.equals(id))
                .findFirst()
                .orElse(null);
    }

    private void pay(final Command command) {
        if (command.amountMinor < 0) {
            reject("INVALID_REQUEST");
            return;
        }
        final Payment known = payment(command.payment);
        if (known != null) {
            final Command first = known.command;
            if (first.hold == command.hold
                    && first.amountMinor == command.amountMinor
                    && first.currency.equals(command.currency)) {
                repeat(known.sequence, known.reason);
            } else {
                reject("KEY_REUSED");
            }
            return;
        }
        if (payments.size() >= rules[5] && payments.stream().noneMatch(this::isForgettable)) {
            reject("OVERLOADED");
            return;
        }
        final Payment payment = new Payment();
        payment.command = command;
        payment.sequence = sequence;
        payment.untilMs = now + 35 * DAY_MS;
        final Hold hold = holds.get(command.hold);
        if (hold != null) {
            expireIfDue(hold);
        }
        payment.reason = reasonAgainst(hold, command);
        payment.isRefundDue = !payment.reason.equals("NONE");
        if (payment.isRefundDue) {
            events.add("PaymentUnfulfilled " + command.payment + " " + payment.reason);
        } else {
            final boolean reacquired = !hold.status.equals("HELD");
            hold.sale.finished.remove(hold);
            shift(hold, reacquired ? AVAILABLE : HELD, SOLD);
            hold.status = "PAID";
            events.add("HoldPaid h" + command.hold + " " + command.payment + (reacquired ? " reacquired" : ""));
            tellIfSoldOut(hold.sale);
        }
        payments.add(payment);
        for (int i = 0; i < 2; i++) {
            payments.stream()
                    .filter(this::isForgettable)
                    .min(Comparator.comparingLong(each -> each.untilMs))
                    .ifPresent(payments::remove);
        }
    }

    private boolean isForgettable(final Payment payment) {
        return !payment.isRefundDue && payment.untilMs <= now;
    }

    private String reasonAgainst(final Hold hold, final Command command) {
        if (hold == null) {
            return "HOLD_UNKNOWN";
        }
        final Command definition = hold.sale.definition;
        final boolean isPriced = !definition.currency.isEmpty();
        if (hold.status.equals("PAID")) {
            return "ALREADY_PAID";
        } else if (isPriced && !command.currency.equals(definition.currency)) {
            return "CURRENCY_MISMATCH";
        } else if (isPriced && command.amountMinor != price(hold)) {
            return "AMOUNT_MISMATCH";
        } else if (hold.status.equals("HELD")) {
            return "NONE";
        } else if (definition.maxPerBuyer > 0
                && unitsOf(hold.sale, hold.command.buyer) + hold.units() > definition.maxPerBuyer) {
            return "BUYER_LIMIT";
        }
        final boolean isShort = hold.command.items.stream()
                .anyMatch(item -> item.quantity() > hold.sale.stock.get(item.sku())[AVAILABLE]);
        return isShort ? "SOLD_OUT" : "NONE";
    }

    private static long price(final Hold hold) {
        return hold.command.items.stream()
                .mapToLong(item -> item.quantity()
                        * hold.sale.definition.items.stream()
                                .filter(defined -> defined.sku().equals(item.sku()))
                                .findFirst()
                                .orElseThrow()
                                .priceMinor())
                .sum();
    }

    private void settle(final Command command) {
        final Payment payment = payment(command.payment);
        if (payment == null || payment.reason.equals("NONE")) {
            reject("UNKNOWN_PAYMENT");
        } else if (!payment.isRefundDue) {
            repeat(payment.sequence, "NONE");
        } else {
            payment.isRefundDue = false;
            payment.untilMs = now + 35 * DAY_MS;
            events.add("RefundSettled " + command.payment);
        }
    }

    private void create(final Command command) {
        final Sale existing = sales.get(command.drop);
        if (existing != null && existing.definition.toString().equals(command.toString())) {
            repeat(existing.createdSequence, "NONE");
        } else if (existing != null || archivedNames.contains(command.drop)) {
            reject("DROP_EXISTS");
        } else if (command.items.size() > rules[8]
                || sales.size() >= rules[6]
                || sales.size() + archivedNames.size() >= rules[7]) {
            reject("TOO_MANY");
        } else if (command.maxPerBuyer < 0) {
            reject("INVALID_REQUEST");
        } else {
            final Sale sale = new Sale();
            sale.definition = command;
            sale.createdSequence = sequence;
            sale.changedSequence = sequence;
            final boolean isOver = command.closesAtMs != Drop.NO_TIME && command.closesAtMs <= now;
            sale.status = isOver ? "CLOSED" : command.opensAtMs > now ? "SCHEDULED" : "OPEN";
            command.items.forEach(item -> sale.stock.put(item.sku(), new int[] {item.quantity(), 0, 0}));
            sales.put(command.drop, sale);
            events.add("DropCreated " + command.drop + " " + sale.status);
        }
    }

    private void move(final Command command) {
        final Sale sale = sales.get(command.drop);
        final String wanted =
                command.kind == Command.Kind.PAUSE ? "PAUSED" : command.kind == Command.Kind.OPEN ? "OPEN" : "CLOSED";
        if (sale == null) {
            reject("UNKNOWN_DROP");
        } else if (sale.status.equals(wanted)) {
            repeat(sale.changedSequence, "NONE");
        } else if (sale.status.equals("CLOSED")) {
            reject("DROP_CLOSED");
        } else if (wanted.equals("PAUSED") && sale.status.equals("SCHEDULED")) {
            reject("DROP_NOT_OPEN " + MessageText.time(sale.definition.opensAtMs));
        } else {
            become(sale, wanted);
            final String cause = wanted.equals("PAUSED") ? "" : " OPERATOR";
            final String verb = wanted.equals("OPEN") ? "Opened" : wanted.equals("PAUSED") ? "Paused" : "Closed";
            events.add("Drop" + verb + " " + command.drop + cause);
        }
    }

    private void archive(final Command command) {
        final Sale sale = sales.get(command.drop);
        if (archived.containsKey(command.drop)) {
            repeat(archived.get(command.drop), "NONE");
        } else if (sale == null) {
            reject("UNKNOWN_DROP");
        } else if (!sale.status.equals("CLOSED")
                || holds.values().stream().anyMatch(hold -> hold.sale == sale && hold.status.equals("HELD"))) {
            reject("HOLDS_LIVE");
        } else {
            events.add("DropArchived " + command.drop);
            sales.remove(command.drop);
            holds.values().removeIf(hold -> hold.sale == sale);
            archivedNames.add(command.drop);
            archived.put(command.drop, sequence);
            forgetOldest(archived, rules[6]);
        }
    }

    private static void forgetOldest(final Map<String, ?> memory, final int max) {
        final Iterator<String> oldest = memory.keySet().iterator();
        for (int i = 0; i < 2 && memory.size() > max; i++) {
            oldest.next();
            oldest.remove();
        }
    }

    private void adjust(final Command command) {
        final Sale sale = sales.get(command.drop);
        final String sku = command.items.get(0).sku();
        if (command.key.isEmpty()) {
            reject("INVALID_REQUEST");
            return;
        } else if (sale == null) {
            reject("UNKNOWN_DROP");
            return;
        }
        final Delivery known = sale.deliveries.get(command.key);
        final int[] stock = sale.stock.get(sku);
        if (known != null && known.sku().equals(sku) && known.delta() == command.number) {
            repeat(known.sequence(), "NONE");
        } else if (known != null) {
            reject("KEY_REUSED");
        } else if (stock == null) {
            reject("UNKNOWN_SKU " + sku);
        } else if (stock[AVAILABLE] + command.number < 0) {
            reject("STOCK_IN_USE");
        } else {
            stock[AVAILABLE] += command.number;
            sale.changedSequence = sequence;
            sale.deliveries.put(command.key, new Delivery(sku, command.number, sequence));
            forgetOldest(sale.deliveries, rules[4]);
            final int capacity = stock[AVAILABLE] + stock[HELD] + stock[SOLD];
            events.add("StockAdjusted " + command.drop + " " + sku + " " + command.number + " to " + capacity);
            tellIfSoldOut(sale);
        }
    }
}
