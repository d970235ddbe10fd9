package io.holdfast.core;

import io.holdfast.core.message.HoldImageDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A stream of commands in which the rare is frequent: hot keys and buyers, tiny stock, ids used again, clock jumps,
 * restarts, rules that change, requests that no gateway lets through. The same seed gives the same stream.
 */
public final class RandomCommands {
    /** How wide the stream spreads: over how many buyers, how much stock, which maxima. */
    public record Spread(int buyers, int keys, int stockMax, int rulesMax, int recentHolds) {
        public static final Spread TINY = new Spread(4, 4, 6, 5, 12);
        public static final Spread WIDE = new Spread(200, 30, 500, 3_000, 400);
    }

    private static final int DROPS = 4;
    private static final String[] SKUS = {"GA", "VIP", "BALCONY-LEFT", "a-name-of-a-SKU-longer-than-a-word"};
    private static final String[] CURRENCIES = {"EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "USD", ""};

    private final SplittableRandom random;
    private final Spread spread;

    /** The drops that are sold now, and those that are to be archived. */
    private final String[] drops = new String[DROPS];

    private final List<String> retired = new ArrayList<>();

    /** Ids of the holds that were granted last. */
    private final long[] granted;

    private int grantedCount;
    private final Map<String, Command> definitions = new HashMap<>();

    private long nowMs = Command.START_MS;
    private long lastHold;
    private int lastPayment;
    private int lastDrop;
    private Command latest;
    private Command latestPlace;
    private Command latestPayment;

    public RandomCommands(final long seed, final Spread spread) {
        this.random = new SplittableRandom(seed);
        this.spread = spread;
        this.granted = new long[spread.recentHolds];
        Arrays.setAll(drops, i -> "drop-" + ++lastDrop);
    }

    /** By how much logical time goes on before the next command. */
    public long nextAdvanceMs() {
        final long advanceMs = advanceMs();
        nowMs += advanceMs;
        return advanceMs;
    }

    private long advanceMs() {
        final int dice = random.nextInt(10_000);
        if (dice < 7_000) {
            return 0;
        } else if (dice < 9_500) {
            return random.nextInt(200);
        } else if (dice < 9_950) {
            return random.nextInt(3_000);
        } else if (dice < 9_995) {
            return random.nextInt(70_000);
        }
        return random.nextInt(10) == 0 ? 36L * 24 * 3_600_000 : random.nextInt(600_000);
    }

    public Command next() {
        latest = draw();
        return latest;
    }

    /** Hears what the latest command was answered, so that the stream goes on about what is there. */
    public void answered(final Answer answer) {
        if (latest.kind == Command.Kind.PLACE && answer.templateId() == HoldImageDecoder.TEMPLATE_ID) {
            granted[grantedCount++ % granted.length] = latest.hold;
        } else if (latest.kind == Command.Kind.ARCHIVE
                && !MessageText.of(answer.buffer(), 0).contains("HOLDS_LIVE")) {
            retired.remove(latest.drop);
        }
    }

    private Command draw() {
        final int dice = random.nextInt(1_000);
        if (dice < 420) {
            return place();
        } else if (dice < 460 && latestPlace != null) {
            return latestPlace;
        } else if (dice < 530) {
            return ownership(Command.ofHold(Command.Kind.RELEASE, recentHold()));
        } else if (dice < 630) {
            return extend();
        } else if (dice < 760) {
            return pay();
        } else if (dice < 810) {
            return Command.settle("p" + Math.max(0, lastPayment - random.nextInt(40)));
        } else if (dice < 850) {
            return new Command(Command.Kind.IDLE);
        } else if (dice < 890) {
            return adjust();
        } else if (dice < 940) {
            return Command.ofDrop(Command.Kind.OPEN, drop());
        } else if (dice < 955) {
            return Command.ofDrop(Command.Kind.PAUSE, drop());
        } else if (dice < 957) {
            return retire();
        } else if (dice < 970) {
            return archive();
        } else if (dice < 996) {
            return create();
        } else if (dice == 996) {
            final Command start = new Command(Command.Kind.START);
            start.number = dice;
            return start;
        }
        return dice == 997 ? rules() : malformed();
    }

    private String drop() {
        if (!retired.isEmpty() && random.nextInt(30) == 0) {
            return retired.get(random.nextInt(retired.size()));
        }
        return drops[random.nextInt(DROPS)];
    }

    private Command retire() {
        final int slot = random.nextInt(DROPS);
        final String drop = drops[slot];
        drops[slot] = "drop-" + ++lastDrop;
        retired.add(drop);
        return Command.ofDrop(Command.Kind.CLOSE, drop);
    }

    private Command archive() {
        if (retired.isEmpty()) {
            return Command.ofDrop(Command.Kind.ARCHIVE, drop());
        }
        final int index = random.nextInt(retired.size());
        final String drop = retired.get(index);
        return Command.ofDrop(random.nextInt(4) == 0 ? Command.Kind.CLOSE : Command.Kind.ARCHIVE, drop);
    }

    private String buyer() {
        return "buyer-" + random.nextInt(spread.buyers);
    }

    private String sku() {
        return random.nextInt(100) == 0 ? "NONE" : SKUS[random.nextInt(SKUS.length)];
    }

    private long recentHold() {
        return random.nextInt(30) == 0 ? lastHold + 1_000 : granted[random.nextInt(granted.length)];
    }

    private Command place() {
        final String key = random.nextInt(3) == 0 ? "" : "key-" + random.nextInt(spread.keys);
        final long hold = random.nextInt(40) == 0 ? recentHold() : ++lastHold;
        final Command command = Command.place(hold, drop(), buyer(), key);
        final int count = random.nextInt(3) == 0 ? 1 + random.nextInt(SKUS.length) : 1;
        final int first = random.nextInt(SKUS.length);
        for (int i = 0; i < count; i++) {
            final String sku = count == 1 ? sku() : SKUS[(first + i) % SKUS.length];
            command.items.add(new Command.Item(sku, 1 + random.nextInt(3)));
        }
        latestPlace = command;
        return command;
    }

    private Command ownership(final Command command) {
        if (random.nextInt(8) == 0) {
            command.drop = drop();
        }
        if (random.nextInt(8) == 0) {
            command.buyer = buyer();
        }
        return command;
    }

    private Command extend() {
        final Command command = ownership(Command.ofHold(Command.Kind.EXTEND, recentHold()));
        command.number = random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(400);
        return command;
    }

    private Command pay() {
        if (latestPayment != null && random.nextInt(8) == 0) {
            return latestPayment;
        }
        final int payment = random.nextInt(10) == 0 ? random.nextInt(lastPayment + 1) : ++lastPayment;
        // Drops are priced at 10 a unit or not at all; most holds are of one to three units.
        final long amount = random.nextInt(12) == 0 ? random.nextInt(100) - 1 : 10L * (1 + random.nextInt(3));
        final String currency = CURRENCIES[random.nextInt(CURRENCIES.length)];
        latestPayment = Command.pay("p" + payment, recentHold(), amount, currency);
        return latestPayment;
    }

    private Command adjust() {
        final Command command = Command.ofDrop(Command.Kind.ADJUST, drop());
        command.items.add(new Command.Item(sku(), 0));
        command.number = random.nextInt(2 * spread.stockMax + 1) - spread.stockMax;
        command.key = random.nextInt(20) == 0 ? "" : "adjust-" + random.nextInt(3 * spread.keys);
        return command;
    }

    private Command create() {
        final Command definition = definitions.computeIfAbsent(drop(), this::define);
        if (random.nextInt(10) > 0) {
            return definition;
        }
        final Command other = Command.of(definition.toString());
        other.title = definition.title;
        other.maxPerBuyer = random.nextInt(5) - 1;
        return other;
    }

    private Command define(final String drop) {
        final Command command = Command.ofDrop(Command.Kind.CREATE, drop);
        final boolean isPriced = random.nextBoolean();
        for (int i = random.nextInt(4) == 0 ? 1 : 0; i < SKUS.length; i++) {
            final long price = isPriced ? 10 : Drop.NO_PRICE;
            command.items.add(new Command.Item(SKUS[i], random.nextInt(spread.stockMax + 1), price));
        }
        command.currency = isPriced ? "EUR" : "";
        command.title = drop;
        command.maxPerBuyer = random.nextBoolean() ? 0 : 1 + random.nextInt(6);
        command.holdSeconds = 1 + random.nextInt(300);
        command.maxHoldSeconds = command.holdSeconds + random.nextInt(300);
        command.paymentGraceSeconds = random.nextInt(3) == 0 ? 0 : random.nextInt(30);
        final long from = nowMs - nowMs % 1_000 + (random.nextInt(300) - 50) * 1_000L;
        command.opensAtMs = random.nextInt(3) > 0 ? Drop.NO_TIME : from;
        command.closesAtMs = random.nextInt(3) > 0 ? Drop.NO_TIME : from + (1 + random.nextInt(1_000)) * 1_000L;
        return command;
    }

    private Command rules() {
        final Command command = new Command(Command.Kind.RULES);
        for (int i = 1; i < command.rules.length; i++) {
            command.rules[i] = 1 + random.nextInt(spread.rulesMax);
        }
        command.rules[1] *= 4;
        command.rules[5] *= random.nextInt(5) == 0 ? 20 : 2_000;
        command.rules[6] = 6 + random.nextInt(6);
        command.rules[7] = 1_000_000;
        command.rules[8] = random.nextInt(4) == 0 ? 3 : 4;
        return command;
    }

    private Command malformed() {
        final Command command = place();
        switch (random.nextInt(6)) {
            case 0 -> command.items.clear();
            case 1 -> command.items.add(command.items.get(0));
            case 2 -> command.items.add(new Command.Item("GA", -random.nextInt(3)));
            case 3 -> command.items.add(new Command.Item("GA", 101));
            case 4 -> command.buyer = "";
            default -> {
                for (int i = 0; i < 8; i++) {
                    command.items.add(new Command.Item("S" + i, 1));
                }
            }
        }
        return command;
    }
}
