package io.holdfast.core;

import java.util.SplittableRandom;

/**
 * A stream of commands in which the rare is frequent: hot keys and buyers, tiny stock, ids used again, clock jumps,
 * restarts, rules that change, requests that no gateway lets through. The same seed gives the same stream.
 */
final class RandomCommands {
    /** How wide the stream spreads: over how many buyers, how much stock, which maxima. */
    record Spread(int buyers, int keys, int stockMax, int rulesMax, int recentHolds) {
        static final Spread TINY = new Spread(4, 4, 6, 5, 12);
        static final Spread WIDE = new Spread(200, 30, 500, 3_000, 400);
    }

    private static final int DROPS = 4;
    private static final String[] SKUS = {"GA", "VIP", "BALCONY-LEFT", "a-name-of-a-SKU-longer-than-a-word"};
    private static final String[] CURRENCIES = {"EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "USD", ""};

    private final SplittableRandom random;
    private final Spread spread;

    private long lastHold;
    private int lastPayment;
    private int dropGeneration;
    private Command latestPlace;
    private Command latestPayment;

    RandomCommands(final long seed, final Spread spread) {
        this.random = new SplittableRandom(seed);
        this.spread = spread;
    }

    /** By how much logical time goes on before the next command. */
    long nextAdvanceMs() {
        final int dice = random.nextInt(1_000);
        if (dice < 700) {
            return dice < 400 ? 0 : random.nextInt(100);
        } else if (dice < 950) {
            return random.nextInt(2_000);
        } else if (dice < 990) {
            return random.nextInt(20_000);
        } else if (dice < 999) {
            return random.nextInt(400_000);
        }
        return random.nextInt(100) == 0 ? 36L * 24 * 3_600_000 : random.nextInt(5_000_000);
    }

    Command next() {
        final int dice = random.nextInt(1_000);
        if (dice < 430) {
            return place();
        } else if (dice < 470 && latestPlace != null) {
            return latestPlace;
        } else if (dice < 560) {
            return ownership(Command.ofHold(Command.Kind.RELEASE, recentHold()));
        } else if (dice < 640) {
            return extend();
        } else if (dice < 790) {
            return pay();
        } else if (dice < 810) {
            return Command.settle("p" + random.nextInt(lastPayment + 1));
        } else if (dice < 860) {
            return new Command(Command.Kind.IDLE);
        } else if (dice < 900) {
            return adjust();
        } else if (dice < 925) {
            return Command.ofDrop(Command.Kind.OPEN, drop());
        } else if (dice < 940) {
            return Command.ofDrop(Command.Kind.PAUSE, drop());
        } else if (dice < 945) {
            return Command.ofDrop(Command.Kind.CLOSE, drop());
        } else if (dice < 955) {
            return Command.ofDrop(Command.Kind.ARCHIVE, drop());
        } else if (dice < 990) {
            return create();
        } else if (dice < 993) {
            final Command start = new Command(Command.Kind.START);
            start.number = dice;
            return start;
        }
        return dice < 996 ? rules() : malformed();
    }

    private String drop() {
        return "drop" + Math.max(0, dropGeneration + random.nextInt(DROPS + 1) - 1);
    }

    private String buyer() {
        return "buyer-" + random.nextInt(spread.buyers);
    }

    private String sku() {
        return random.nextInt(60) == 0 ? "NONE" : SKUS[random.nextInt(SKUS.length)];
    }

    private long recentHold() {
        return Math.max(1, lastHold - random.nextInt(spread.recentHolds));
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
        if (random.nextInt(6) == 0) {
            dropGeneration++;
        }
        final Command command = Command.ofDrop(Command.Kind.CREATE, drop());
        // What is defined follows from the name, so that a repetition is the same and, at times, is not.
        final SplittableRandom definition = new SplittableRandom(command.drop.hashCode());
        final boolean isPriced = definition.nextBoolean();
        for (int i = definition.nextInt(3); i < SKUS.length; i++) {
            final long price = isPriced ? 10 : Drop.NO_PRICE;
            command.items.add(new Command.Item(SKUS[i], definition.nextInt(spread.stockMax + 1), price));
        }
        command.currency = isPriced ? "EUR" : "";
        command.title = command.drop;
        command.maxPerBuyer = definition.nextBoolean() ? 0 : 1 + definition.nextInt(6);
        command.holdSeconds = 1 + definition.nextInt(300);
        command.maxHoldSeconds = command.holdSeconds + definition.nextInt(300);
        command.paymentGraceSeconds = definition.nextInt(3) == 0 ? 0 : definition.nextInt(30);
        final long from = Command.START_MS + definition.nextInt(1_000_000);
        command.opensAtMs = definition.nextInt(3) > 0 ? Drop.NO_TIME : from;
        command.closesAtMs = definition.nextInt(3) > 0 ? Drop.NO_TIME : from + 1 + definition.nextInt(1_000_000);
        if (random.nextInt(10) == 0) {
            command.maxPerBuyer = random.nextInt(5) - 1;
        }
        return command;
    }

    private Command rules() {
        final Command command = new Command(Command.Kind.RULES);
        for (int i = 1; i < command.rules.length; i++) {
            command.rules[i] = 1 + random.nextInt(spread.rulesMax);
        }
        command.rules[1] *= 4;
        command.rules[5] *= 20;
        command.rules[6] = Math.max(3, command.rules[6]);
        command.rules[7] = 1_000_000;
        command.rules[8] = Math.max(3, command.rules[8]);
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
