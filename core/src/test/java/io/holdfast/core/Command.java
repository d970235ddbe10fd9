package io.holdfast.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * A command or a query in words, for tests to write, to print and to encode.
 *
 * <pre>
 *   create berlin GA=5@4500 VIP=2@9000 EUR max=4 hold=300 grace=15 maxhold=600 opens=+60 closes=+3600 title=Berlin
 *   open|pause|close|archive berlin      adjust berlin GA -2 key=a1
 *   place h1 berlin alice GA:2,VIP:1 key=k1
 *   extend h1 120 drop=berlin buyer=alice      release h1 drop=berlin buyer=alice
 *   pay p1 h1 9000 EUR      settle p1      idle      start 1
 *   rules live=1 finished=1 refusals=1 adjustments=1 payments=1 drops=1 names=1 skus=1 version=1
 *   hold h1 drop=berlin buyer=alice      drop berlin      drops after=0 entries=10
 *   holds berlin buyer=alice status=HELD after=0 entries=10      refunds after=0 entries=10
 * </pre>
 *
 * <p>A hold is a number behind an {@code h}; times are seconds after {@link #START_MS}. Nothing is validated: a test may
 * write what no gateway would let through.
 */
public final class Command {
    /** Logical time at which tests begin: so far ahead that no wall clock comes near. */
    public static final long START_MS = 4_000_000_000_000L;

    /** Most significant bits of the UUIDs that tests name holds by. */
    public static final long HOLD_MOST = 0x486F_6C64_0000_4000L;

    /** What is asked for. */
    public enum Kind {
        CREATE,
        OPEN,
        PAUSE,
        CLOSE,
        ARCHIVE,
        ADJUST,
        PLACE,
        EXTEND,
        RELEASE,
        PAY,
        SETTLE,
        IDLE,
        START,
        RULES,
        HOLD,
        DROP,
        DROPS,
        HOLDS,
        REFUNDS
    }

    /** A SKU with its units, and its price where the command defines it. */
    public record Item(String sku, int quantity, long priceMinor) {
        public Item(final String sku, final int quantity) {
            this(sku, quantity, Drop.NO_PRICE);
        }
    }

    public final Kind kind;
    public final List<Item> items = new ArrayList<>();
    public long hold;
    public String drop = "";
    public String buyer = "";
    public String key = "";
    public String payment = "";
    public String currency = "";
    public String status = "";
    public String title = "";
    public long amountMinor;
    public int number;
    public int maxPerBuyer;
    public int holdSeconds = 300;
    public int paymentGraceSeconds = 15;
    public int maxHoldSeconds = 600;
    public long opensAtMs = Drop.NO_TIME;
    public long closesAtMs = Drop.NO_TIME;
    public long after;
    public int entries = 1_000;
    public final int[] rules = {1, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000};

    private static final List<String> RULE_NAMES =
            List.of("version", "live", "finished", "refusals", "adjustments", "payments", "drops", "names", "skus");

    public Command(final Kind kind) {
        this.kind = kind;
    }

    /** {@code place h1 berlin alice GA:2 key=k1}, with any number of items. */
    public static Command place(
            final long hold, final String drop, final String buyer, final String key, final Item... items) {
        final Command command = new Command(Kind.PLACE);
        command.hold = hold;
        command.drop = drop;
        command.buyer = buyer;
        command.key = key;
        command.items.addAll(Arrays.asList(items));
        return command;
    }

    /** A command that is about one hold and nothing else. */
    public static Command ofHold(final Kind kind, final long hold) {
        final Command command = new Command(kind);
        command.hold = hold;
        return command;
    }

    /** A command that is about one drop and nothing else. */
    public static Command ofDrop(final Kind kind, final String drop) {
        final Command command = new Command(kind);
        command.drop = drop;
        return command;
    }

    /** {@code pay p1 h1 9000 EUR}. */
    public static Command pay(final String payment, final long hold, final long amountMinor, final String currency) {
        final Command command = new Command(Kind.PAY);
        command.payment = payment;
        command.hold = hold;
        command.amountMinor = amountMinor;
        command.currency = currency;
        return command;
    }

    /** {@code settle p1}. */
    public static Command settle(final String payment) {
        final Command command = new Command(Kind.SETTLE);
        command.payment = payment;
        return command;
    }

    /** Reads a command as it is written above. */
    public static Command of(final String text) {
        final String[] words = text.trim().split("\\s+");
        final Command command = new Command(Kind.valueOf(words[0].toUpperCase()));
        int place = 0;
        for (int i = 1; i < words.length; i++) {
            final int equals = words[i].indexOf('=');
            if (equals < 0) {
                command.word(place++, words[i]);
            } else if (command.kind == Kind.RULES) {
                command.rules[RULE_NAMES.indexOf(words[i].substring(0, equals))] =
                        Integer.parseInt(words[i].substring(equals + 1));
            } else {
                command.option(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
        }
        return command;
    }

    private void word(final int place, final String word) {
        switch (kind) {
            case PLACE -> {
                switch (place) {
                    case 0 -> hold = holdNumber(word);
                    case 1 -> drop = word;
                    case 2 -> buyer = word;
                    default -> addItems(word);
                }
            }
            case EXTEND, RELEASE, HOLD -> {
                if (place == 0) {
                    hold = holdNumber(word);
                } else {
                    number = Integer.parseInt(word);
                }
            }
            case PAY, SETTLE -> {
                switch (place) {
                    case 0 -> payment = word;
                    case 1 -> hold = holdNumber(word);
                    case 2 -> amountMinor = Long.parseLong(word);
                    default -> currency = word;
                }
            }
            case ADJUST -> {
                switch (place) {
                    case 0 -> drop = word;
                    case 1 -> items.add(new Item(word, 0));
                    default -> number = Integer.parseInt(word);
                }
            }
            case START -> number = Integer.parseInt(word);
            case CREATE -> {
                if (place == 0) {
                    drop = word;
                } else {
                    currency = word;
                }
            }
            default -> drop = word;
        }
    }

    private void option(final String name, final String value) {
        switch (name) {
            case "key" -> key = value;
            case "drop" -> drop = value;
            case "buyer" -> buyer = value;
            case "status" -> status = value;
            case "title" -> title = value;
            case "after" -> after = Long.parseLong(value);
            case "entries" -> entries = Integer.parseInt(value);
            case "max" -> maxPerBuyer = Integer.parseInt(value);
            case "hold" -> holdSeconds = Integer.parseInt(value);
            case "grace" -> paymentGraceSeconds = Integer.parseInt(value);
            case "maxhold" -> maxHoldSeconds = Integer.parseInt(value);
            case "opens" -> opensAtMs = START_MS + Long.parseLong(value) * 1_000;
            case "closes" -> closesAtMs = START_MS + Long.parseLong(value) * 1_000;
            default -> defineSku(name, value);
        }
    }

    private void defineSku(final String sku, final String value) {
        final int at = value.indexOf('@');
        if (at < 0) {
            items.add(new Item(sku, Integer.parseInt(value)));
        } else {
            items.add(new Item(sku, Integer.parseInt(value.substring(0, at)), Long.parseLong(value.substring(at + 1))));
        }
    }

    private void addItems(final String word) {
        for (final String item : word.split(",")) {
            final int colon = item.indexOf(':');
            items.add(new Item(item.substring(0, colon), Integer.parseInt(item.substring(colon + 1))));
        }
    }

    private static long holdNumber(final String word) {
        return Long.parseLong(word.substring(1));
    }

    /** The command as it is written, so that a failure can be repeated by hand. */
    @Override
    public String toString() {
        final StringJoiner text = new StringJoiner(" ").add(kind.name().toLowerCase());
        switch (kind) {
            case PLACE -> text.add("h" + hold).add(drop).add(buyer).add(itemsText());
            case EXTEND -> text.add("h" + hold).add(Integer.toString(number));
            case RELEASE, HOLD -> text.add("h" + hold);
            case PAY ->
                text.add(payment)
                        .add("h" + hold)
                        .add(Long.toString(amountMinor))
                        .add(currency);
            case SETTLE -> text.add(payment);
            case ADJUST -> text.add(drop).add(items.get(0).sku()).add(Integer.toString(number));
            case START -> text.add(Integer.toString(number));
            case RULES -> {
                for (int i = 0; i < rules.length; i++) {
                    text.add(RULE_NAMES.get(i) + "=" + rules[i]);
                }
            }
            case CREATE -> text.add(drop).add(definitionText());
            default -> text.add(drop);
        }
        if (kind == Kind.EXTEND || kind == Kind.RELEASE || kind == Kind.HOLD) {
            addUnlessEmpty(text, "drop", drop);
        }
        if (kind != Kind.PLACE) {
            addUnlessEmpty(text, "buyer", buyer);
        }
        addUnlessEmpty(text, "key", key);
        return text.toString();
    }

    private static void addUnlessEmpty(final StringJoiner text, final String name, final String value) {
        if (!value.isEmpty()) {
            text.add(name + "=" + value);
        }
    }

    private String itemsText() {
        final StringJoiner text = new StringJoiner(",");
        for (final Item item : items) {
            text.add(item.sku() + ":" + item.quantity());
        }
        return text.toString();
    }

    private String definitionText() {
        final StringJoiner text = new StringJoiner(" ");
        for (final Item item : items) {
            final String price = item.priceMinor() == Drop.NO_PRICE ? "" : "@" + item.priceMinor();
            text.add(item.sku() + "=" + item.quantity() + price);
        }
        addUnlessEmpty(text, "title", title);
        text.add(currency).add("max=" + maxPerBuyer).add("hold=" + holdSeconds);
        text.add("grace=" + paymentGraceSeconds).add("maxhold=" + maxHoldSeconds);
        addUnlessEmpty(text, "opens", timeText(opensAtMs));
        addUnlessEmpty(text, "closes", timeText(closesAtMs));
        return text.toString();
    }

    private static String timeText(final long timeMs) {
        return timeMs == Drop.NO_TIME ? "" : String.format("%+d", (timeMs - START_MS) / 1_000);
    }
}
