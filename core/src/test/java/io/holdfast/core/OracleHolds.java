package io.holdfast.core;

import io.holdfast.core.OracleHolds.Model.Delivery;
import io.holdfast.core.OracleHolds.Model.Hold;
import io.holdfast.core.OracleHolds.Model.Payment;
import io.holdfast.core.OracleHolds.Model.Refusal;
import io.holdfast.core.OracleHolds.Model.Sale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@link Oracle} remembers, and its rules for holds. */
abstract class OracleHolds {
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
            boolean wasSoldOut;
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

    static final int AVAILABLE = 0;
    static final int HELD = 1;
    static final int SOLD = 2;
    static final long DAY_MS = 86_400_000;

    final Map<String, Sale> sales = new LinkedHashMap<>();
    final Map<String, Long> archived = new LinkedHashMap<>();
    final Set<String> archivedNames = new HashSet<>();
    final Map<Long, Hold> holds = new LinkedHashMap<>();
    final List<Payment> payments = new ArrayList<>();
    int[] rules = {
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

    long sequence;
    long now;
    List<String> events;

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

    boolean emitFirstDue() {
        final Hold hold = holds.values().stream()
                .filter(each -> each.status.equals("HELD") && each.dueMs <= now)
                .min(Comparator.<Hold>comparingLong(each -> each.dueMs).thenComparingLong(each -> each.sequence))
                .orElse(null);
        final Sale sale = sales.values().stream()
                .filter(each -> timerMs(each) <= now)
                .min(Comparator.comparingLong(OracleHolds::timerMs).thenComparingLong(each -> each.createdSequence))
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

    static long timerMs(final Sale sale) {
        if (sale.status.equals("SCHEDULED")) {
            return sale.definition.opensAtMs;
        }
        final boolean closes = !sale.status.equals("CLOSED") && sale.definition.closesAtMs != Drop.NO_TIME;
        return closes ? sale.definition.closesAtMs : Long.MAX_VALUE;
    }

    void become(final Sale sale, final String status) {
        sale.status = status;
        sale.changedSequence = sequence;
    }

    void tellIfSoldOut(final Sale sale) {
        final int left = sale.stock.values().stream()
                .mapToInt(units -> units[AVAILABLE] + units[HELD])
                .sum();
        final int sold =
                sale.stock.values().stream().mapToInt(units -> units[SOLD]).sum();
        if (left == 0 && sold > 0 && !sale.wasSoldOut) {
            sale.wasSoldOut = true;
            final String drop = sale.definition.drop;
            events.add("DropSoldOut " + drop + " " + sale.status + " " + stock(drop));
        }
    }

    void reject(final String reason) {
        events.add("CommandRejected " + reason);
    }

    void repeat(final long first, final String reason) {
        events.add("CommandRepeated #" + first + (reason.equals("NONE") ? "" : " " + reason));
    }

    void shift(final Hold hold, final int from, final int to) {
        for (final Command.Item item : hold.command.items) {
            hold.sale.stock.get(item.sku())[from] -= item.quantity();
            hold.sale.stock.get(item.sku())[to] += item.quantity();
        }
        hold.sale.changedSequence = sequence;
    }

    void finish(final Hold hold, final String status) {
        shift(hold, HELD, AVAILABLE);
        hold.status = status;
        events.add("Hold" + status.charAt(0) + status.substring(1).toLowerCase() + " h" + hold.command.hold);
        final List<Hold> finished = hold.sale.finished;
        finished.add(hold);
        for (int i = 0; i < 2 && finished.size() > rules[2]; i++) {
            holds.remove(finished.remove(0).command.hold);
        }
    }

    int unitsOf(final Sale sale, final String buyer) {
        return holds.values().stream()
                .filter(each -> each.sale == sale && each.command.buyer.equals(buyer))
                .filter(each -> each.status.equals("HELD") || each.status.equals("PAID"))
                .mapToInt(Hold::units)
                .sum();
    }

    void place(final Command command) {
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

    void placeFrom(final Sale sale, final Command command) {
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

    static Map<String, Integer> bag(final Command command) {
        final Map<String, Integer> bag = new LinkedHashMap<>();
        command.items.forEach(item -> bag.put(item.sku(), item.quantity()));
        return bag;
    }

    static boolean isSameKey(final Command a, final Command b) {
        return !a.key.isEmpty() && a.drop.equals(b.drop) && a.buyer.equals(b.buyer) && a.key.equals(b.key);
    }

    static boolean areSameItems(final Command a, final Command b) {
        return a.items.size() == b.items.size() && bag(a).equals(bag(b));
    }

    boolean isRepeated(final Sale sale, final Command command) {
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

    void repeatHold(final Hold hold, final boolean isSame) {
        if (isSame) {
            expireIfDue(hold);
            repeat(hold.sequence, "NONE");
        } else {
            reject("KEY_REUSED");
        }
    }

    void expireIfDue(final Hold hold) {
        if (hold.status.equals("HELD") && hold.dueMs <= now) {
            finish(hold, "EXPIRED");
        }
    }

    void rememberRefusal(final Sale sale, final Command command, final String reason) {
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
    Hold own(final Command command) {
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

    void extend(final Command command) {
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

    void release(final Command command) {
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
}
