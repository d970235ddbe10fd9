package io.holdfast.core;

import io.holdfast.core.Oracle.Model.Delivery;
import io.holdfast.core.Oracle.Model.Hold;
import io.holdfast.core.Oracle.Model.Payment;
import io.holdfast.core.Oracle.Model.Refusal;
import io.holdfast.core.Oracle.Model.Sale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rules say, as plainly as it can be said: collections, searches through all there is, no care for speed. It
 * shares no code with the core but the commands, and speaks of events in the same words.
 */
final class Oracle {
    /** The nouns. */
    static final class Model {
        static final class Hold {
            Command command;
            Sale sale;
            long sequence;
            long createdMs;
            long expiresMs;
            long dueMs;
            String status = "HELD";

            int units() {
                return command.items.stream().mapToInt(Command.Item::quantity).sum();
            }
        }

        static final class Sale {
            Command definition;
            String status;
            long createdSequence;
            long changedSequence;
            final Map<String, int[]> stock = new LinkedHashMap<>();
            final Map<String, Delivery> deliveries = new LinkedHashMap<>();
            final List<Hold> finished = new ArrayList<>();
            final List<Refusal> refusals = new ArrayList<>();
        }

        record Delivery(String sku, int delta, long sequence) {}

        record Refusal(Command command, String reason, long sequence, long untilMs) {}

        static final class Payment {
            Command command;
            String reason = "NONE";
            boolean isRefundDue;
            long sequence;
            long untilMs;
        }
    }

    private static final int AVAILABLE = 0;
    private static final int HELD = 1;
    private static final int SOLD = 2;
    private static final long DAY_MS = 86_400_000;

    private final Map<String, Sale> sales = new LinkedHashMap<>();
    private final Map<String, Long> archived = new LinkedHashMap<>();
    private final Set<String> archivedNames = new HashSet<>();
    private final Map<Long, Hold> holds = new LinkedHashMap<>();
    private final List<Payment> payments = new ArrayList<>();
    private int[] rules = {
        1,
        Rules.DEFAULT.liveHoldsMax(),
        Rules.DEFAULT.finishedHoldsPerDropMax(),
        Rules.DEFAULT.rememberedRefusalsPerDropMax(),
        Rules.DEFAULT.rememberedAdjustmentsPerDropMax(),
        Rules.DEFAULT.paymentsMax(),
        Rules.DEFAULT.dropsMax(),
        Rules.DEFAULT.dropNamesMax(),
        Rules.DEFAULT.skusPerDropMax()
    };

    private long sequence;
    private long now;
    private List<String> events;

    /** Decides and returns the events. */
    List<String> decide(final long commandSequence, final long timeMs, final Command command) {
        sequence = commandSequence;
        now = timeMs;
        events = new ArrayList<>();
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
            case START -> {
                events.add("ServerStarted " + command.number);
                holds.values().stream()
                        .filter(hold -> hold.status.equals("HELD"))
                        .forEach(hold -> hold.dueMs = Math.max(hold.dueMs, now + 60_000));
            }
            case RULES -> {
                events.add("RulesActivated 1");
                rules = command.rules.clone();
            }
            default -> {
                // Idle: what is due was emitted.
            }
        }
        return events;
    }

    String stock(final String drop) {
        final StringBuilder text = new StringBuilder();
        sales.get(drop)
                .stock
                .forEach((sku, units) -> text.append(text.isEmpty() ? "" : " ")
                        .append(sku + " " + units[AVAILABLE] + "/" + units[HELD] + "/" + units[SOLD]));
        return text.toString();
    }

    Set<String> drops() {
        return sales.keySet();
    }

    int liveHolds() {
        return (int) holds.values().stream()
                .filter(hold -> hold.status.equals("HELD"))
                .count();
    }

    private boolean emitFirstDue() {
        final Hold hold = holds.values().stream()
                .filter(each -> each.status.equals("HELD") && each.dueMs <= now)
                .min(Comparator.<Hold>comparingLong(each -> each.dueMs).thenComparingLong(each -> each.sequence))
                .orElse(null);
        final Sale sale = sales.values().stream()
                .filter(each -> timerMs(each) <= now)
                .min(Comparator.comparingLong(Oracle::timerMs).thenComparingLong(each -> each.createdSequence))
                .orElse(null);
        if (sale != null
                && (hold == null
                        || timerMs(sale) < hold.dueMs
                        || (timerMs(sale) == hold.dueMs && sale.createdSequence < hold.sequence))) {
            final boolean opens = sale.status.equals("SCHEDULED");
            become(sale, opens ? "OPEN" : "CLOSED");
            events.add((opens ? "DropOpened " : "DropClosed ") + sale.definition.drop + " SCHEDULE");
            return true;
        }
        if (hold != null) {
            finish(hold, "EXPIRED");
        }
        return hold != null;
    }

    private static long timerMs(final Sale sale) {
        if (sale.status.equals("SCHEDULED")) {
            return sale.definition.opensAtMs;
        }
        final boolean closes = !sale.status.equals("CLOSED") && sale.definition.closesAtMs != Drop.NO_TIME;
        return closes ? sale.definition.closesAtMs : Long.MAX_VALUE;
    }

    private void become(final Sale sale, final String status) {
        sale.status = status;
        sale.changedSequence = sequence;
    }

    private void reject(final String reason) {
        events.add("CommandRejected " + reason);
    }

    private void repeat(final long first, final String reason) {
        events.add("CommandRepeated #" + first + (reason.equals("NONE") ? "" : " " + reason));
    }

    private void shift(final Hold hold, final int from, final int to) {
        for (final Command.Item item : hold.command.items) {
            hold.sale.stock.get(item.sku())[from] -= item.quantity();
            hold.sale.stock.get(item.sku())[to] += item.quantity();
        }
        hold.sale.changedSequence = sequence;
    }

    private void finish(final Hold hold, final String status) {
        shift(hold, HELD, AVAILABLE);
        hold.status = status;
        events.add("Hold" + status.charAt(0) + status.substring(1).toLowerCase() + " h" + hold.command.hold);
        final List<Hold> finished = hold.sale.finished;
        finished.add(hold);
        for (int i = 0; i < 2 && finished.size() > rules[2]; i++) {
            holds.remove(finished.remove(0).command.hold);
        }
    }

    private int unitsOf(final Sale sale, final String buyer) {
        return holds.values().stream()
                .filter(each -> each.sale == sale && each.command.buyer.equals(buyer))
                .filter(each -> each.status.equals("HELD") || each.status.equals("PAID"))
                .mapToInt(Hold::units)
                .sum();
    }

    private void place(final Command command) {
        final List<Command.Item> items = command.items;
        if (items.isEmpty()
                || items.size() > 8
                || items.stream().anyMatch(item -> item.quantity() < 1 || item.quantity() > 100)
                || command.buyer.isEmpty()) {
            reject("INVALID_REQUEST");
            return;
        }
        final Sale sale = sales.get(command.drop);
        if (sale == null) {
            reject("UNKNOWN_DROP");
            return;
        }
        if (isRepeated(sale, command)) {
            return;
        }
        for (final Command.Item item : items) {
            if (!sale.stock.containsKey(item.sku())) {
                reject("UNKNOWN_SKU " + item.sku());
                return;
            }
        }
        if (bag(command).size() < items.size()) {
            reject("INVALID_REQUEST");
            return;
        }
        switch (sale.status) {
            case "CLOSED", "PAUSED" -> reject("DROP_" + sale.status);
            case "SCHEDULED" -> reject("DROP_NOT_OPEN " + MessageText.time(sale.definition.opensAtMs));
            default -> placeFrom(sale, command);
        }
    }

    private void placeFrom(final Sale sale, final Command command) {
        final int units = unitsOf(sale, command.buyer);
        final int max = sale.definition.maxPerBuyer;
        if (max > 0 && units + bag(command).values().stream().mapToInt(i -> i).sum() > max) {
            reject("BUYER_LIMIT " + units + "/" + max);
            rememberRefusal(sale, command, "BUYER_LIMIT");
            return;
        }
        for (final Command.Item item : command.items) {
            final int[] stock = sale.stock.get(item.sku());
            if (item.quantity() > stock[AVAILABLE]) {
                final boolean isFinal = stock[AVAILABLE] + stock[HELD] < item.quantity();
                reject("SOLD_OUT " + item.sku() + " " + stock[AVAILABLE] + "+" + stock[HELD]
                        + (isFinal ? " final" : ""));
                rememberRefusal(sale, command, "SOLD_OUT");
                return;
            }
        }
        if (liveHolds() >= rules[1]) {
            reject("OVERLOADED");
            return;
        }
        final Hold hold = new Hold();
        hold.command = command;
        hold.sale = sale;
        hold.sequence = sequence;
        hold.createdMs = now;
        hold.expiresMs = now + sale.definition.holdSeconds * 1_000L;
        hold.dueMs = hold.expiresMs + sale.definition.paymentGraceSeconds * 1_000L;
        holds.put(command.hold, hold);
        shift(hold, AVAILABLE, HELD);
        sale.refusals.removeIf(refusal -> isSameKey(refusal.command(), command));
        events.add("HoldPlaced h" + command.hold);
    }

    private static Map<String, Integer> bag(final Command command) {
        final Map<String, Integer> bag = new LinkedHashMap<>();
        command.items.forEach(item -> bag.put(item.sku(), item.quantity()));
        return bag;
    }

    private static boolean isSameKey(final Command a, final Command b) {
        return !a.key.isEmpty() && a.drop.equals(b.drop) && a.buyer.equals(b.buyer) && a.key.equals(b.key);
    }

    private static boolean areSameItems(final Command a, final Command b) {
        return a.items.size() == b.items.size() && bag(a).equals(bag(b));
    }

    private boolean isRepeated(final Sale sale, final Command command) {
        final Hold same = holds.get(command.hold);
        if (same != null) {
            final Command first = same.command;
            final boolean isSame = first.drop.equals(command.drop)
                    && first.buyer.equals(command.buyer)
                    && first.key.equals(command.key)
                    && areSameItems(first, command);
            repeatHold(same, isSame);
            return true;
        }
        for (final Hold hold : holds.values()) {
            if (isSameKey(hold.command, command)) {
                repeatHold(hold, areSameItems(hold.command, command));
                return true;
            }
        }
        for (final Refusal refusal : sale.refusals) {
            if (isSameKey(refusal.command(), command) && refusal.untilMs() > now) {
                if (areSameItems(refusal.command(), command)) {
                    repeat(refusal.sequence(), refusal.reason());
                } else {
                    reject("KEY_REUSED");
                }
                return true;
            }
        }
        return false;
    }

    private void repeatHold(final Hold hold, final boolean isSame) {
        if (isSame) {
            expireIfDue(hold);
            repeat(hold.sequence, "NONE");
        } else {
            reject("KEY_REUSED");
        }
    }

    private void expireIfDue(final Hold hold) {
        if (hold.status.equals("HELD") && hold.dueMs <= now) {
            finish(hold, "EXPIRED");
        }
    }

    private void rememberRefusal(final Sale sale, final Command command, final String reason) {
        if (command.key.isEmpty()) {
            return;
        }
        sale.refusals.removeIf(refusal -> isSameKey(refusal.command(), command));
        sale.refusals.add(new Refusal(command, reason, sequence, now + 60_000));
        for (int i = 0; i < 2 && !sale.refusals.isEmpty(); i++) {
            if (sale.refusals.size() > rules[3] || sale.refusals.get(0).untilMs() <= now) {
                sale.refusals.remove(0);
            }
        }
    }

    /** The hold that the command may act on, brought up to date; refuses otherwise. */
    private Hold own(final Command command) {
        final Hold hold = holds.get(command.hold);
        if (hold == null
                || !(command.drop.isEmpty() || command.drop.equals(hold.command.drop))
                || !(command.buyer.isEmpty() || command.buyer.equals(hold.command.buyer))) {
            reject("UNKNOWN_HOLD");
            return null;
        }
        expireIfDue(hold);
        return hold;
    }

    private void extend(final Command command) {
        final Hold hold = own(command);
        if (hold == null) {
            return;
        }
        if (!hold.status.equals("HELD") || hold.expiresMs <= now) {
            reject("HOLD_NOT_LIVE");
            return;
        }
        final long latest = hold.createdMs + hold.sale.definition.maxHoldSeconds * 1_000L;
        final long wanted = Math.min(latest, now + command.number * 1_000L);
        if (wanted <= hold.expiresMs) {
            repeat(hold.sequence, "NONE");
            return;
        }
        hold.expiresMs = wanted;
        hold.dueMs = Math.max(hold.dueMs, wanted + hold.sale.definition.paymentGraceSeconds * 1_000L);
        hold.sale.changedSequence = sequence;
        events.add("HoldExtended h" + hold.command.hold + " " + MessageText.time(wanted));
    }

    private void release(final Command command) {
        final Hold hold = own(command);
        if (hold == null) {
            return;
        }
        switch (hold.status) {
            case "HELD" -> finish(hold, "RELEASED");
            case "RELEASED" -> repeat(hold.sequence, "NONE");
            default -> reject("HOLD_NOT_LIVE");
        }
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
        }
    }
}
