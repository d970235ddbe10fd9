package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What no gateway lets through but SBE can say: refused in the ordinary way, never thrown, nothing changed by it. */
class MalformedCommandTest {
    private static final String LONG = "x".repeat(5_000);

    private final CoreDriver driver = new CoreDriver(1);

    MalformedCommandTest() {
        driver.run("create berlin A=9 B=9 C=9 D=9 E=9 F=9 G=9 H=9 I=9 max=200");
        driver.run("place h1 berlin alice A:1 key=k");
        driver.run("pay p1 h9 5 EUR");
    }

    private void assertRefused(final Command command, final String reason) {
        final String stock = driver.stock("berlin");
        final int live = driver.core().liveHolds();
        final int entries = entryCount();

        final List<String> events = driver.run(command);

        assertThat(events).as(command.toString()).hasSize(1);
        assertThat(events.get(0)).as(command.toString()).startsWith("CommandRejected " + reason);
        assertThat(driver.answerText()).isEqualTo(events.get(0));
        assertThat(driver.stock("berlin")).isEqualTo(stock);
        assertThat(driver.core().liveHolds()).isEqualTo(live);
        assertThat(entryCount()).isEqualTo(entries);
        assertThat(Replica.copyOf(driver.core(), 2).stateHash())
                .isEqualTo(driver.core().stateHash());
    }

    private int entryCount() {
        final int[] count = {0};
        driver.core().snapshot((buffer, offset, length) -> count[0]++);
        return count[0];
    }

    private static Command place(final Command.Item... items) {
        return Command.place(7, "berlin", "bob", "key", items);
    }

    @Test
    void shouldRefuseItemsOutOfBounds() {
        assertRefused(place(), "INVALID_REQUEST");
        assertRefused(place(new Command.Item("A", 0)), "INVALID_REQUEST");
        assertRefused(place(new Command.Item("A", -1)), "INVALID_REQUEST");
        assertRefused(place(new Command.Item("A", Integer.MIN_VALUE)), "INVALID_REQUEST");
        assertRefused(place(new Command.Item("A", Integer.MAX_VALUE)), "INVALID_REQUEST");
        assertRefused(place(new Command.Item("A", 101)), "INVALID_REQUEST");
        assertRefused(place(new Command.Item("A", 1), new Command.Item("A", 1)), "INVALID_REQUEST");
        assertRefused(place(new Command.Item("A", 1), new Command.Item("B", -1)), "INVALID_REQUEST");
        final Command nine = place();
        for (final String sku : "A B C D E F G H I".split(" ")) {
            nine.items.add(new Command.Item(sku, 1));
        }
        assertRefused(nine, "INVALID_REQUEST");
        final Command many = place();
        for (int i = 0; i < 60_000; i++) {
            many.items.add(new Command.Item("A", 1));
        }
        assertRefused(many, "INVALID_REQUEST");
    }

    @Test
    void shouldRefuseNamesOutOfBounds() {
        final Command.Item item = new Command.Item("A", 1);
        assertRefused(Command.place(7, "", "bob", "", item), "UNKNOWN_DROP");
        assertRefused(Command.place(7, LONG, "bob", "", item), "UNKNOWN_DROP");
        assertRefused(Command.place(7, "berlin", "", "", item), "INVALID_REQUEST");
        assertRefused(Command.place(7, "berlin", "b".repeat(65), "", item), "INVALID_REQUEST");
        assertRefused(Command.place(7, "berlin", "bob", "k".repeat(256), item), "INVALID_REQUEST");
        assertRefused(Command.place(7, "berlin", "bob", LONG, item), "INVALID_REQUEST");
        assertRefused(place(new Command.Item("", 1)), "UNKNOWN_SKU");
        assertRefused(place(new Command.Item(LONG, 1)), "UNKNOWN_SKU");
        assertRefused(Command.pay("", 1, 5, "EUR"), "INVALID_REQUEST");
        assertRefused(Command.pay("p".repeat(256), 1, 5, "EUR"), "INVALID_REQUEST");
        assertRefused(Command.pay("p", 1, -5, "EUR"), "INVALID_REQUEST");
        assertRefused(Command.pay("p", 1, Long.MIN_VALUE, ""), "INVALID_REQUEST");
        assertRefused(Command.settle(""), "UNKNOWN_PAYMENT");
        assertRefused(Command.settle(LONG), "UNKNOWN_PAYMENT");
        for (final Command.Kind kind :
                List.of(Command.Kind.OPEN, Command.Kind.PAUSE, Command.Kind.CLOSE, Command.Kind.ARCHIVE)) {
            assertRefused(Command.ofDrop(kind, ""), "UNKNOWN_DROP");
            assertRefused(Command.ofDrop(kind, LONG), "UNKNOWN_DROP");
            assertRefused(Command.ofDrop(kind, "b\u00e9rlin"), "UNKNOWN_DROP");
        }
    }

    @Test
    void shouldRefuseDropsAndAdjustmentsWithNamesOutOfBounds() {
        for (final String name : List.of("", "d".repeat(65), LONG, "two words", "b\u00e9", "tab\t", "nul\0")) {
            final Command drop = Command.ofDrop(Command.Kind.CREATE, name);
            drop.items.add(new Command.Item("A", 1));
            assertRefused(drop, "INVALID_REQUEST");
            final Command sku = Command.ofDrop(Command.Kind.CREATE, "new");
            sku.items.add(new Command.Item(name, 1));
            assertRefused(sku, "INVALID_REQUEST");
        }
        final Command title = Command.ofDrop(Command.Kind.CREATE, "new");
        title.items.add(new Command.Item("A", 1));
        title.title = "t".repeat(1_025);
        assertRefused(title, "INVALID_REQUEST");
        for (final String key : List.of("", "k".repeat(256), LONG, "two words", "\u00e9", "\u007f")) {
            final Command adjust = Command.ofDrop(Command.Kind.ADJUST, "berlin");
            adjust.items.add(new Command.Item("A", 1));
            adjust.number = 1;
            adjust.key = key;
            assertRefused(adjust, "INVALID_REQUEST");
        }
    }

    @Test
    void shouldCompareNamesWholeAndByteForByte() {
        for (final String buyer : List.of("alic", "alice ", "Alice", "alice\0", "\u00e1lice", "bob:k")) {
            driver.run(Command.place(50 + buyer.hashCode(), "berlin", buyer, "k", new Command.Item("A", 1)));
            assertThat(driver.answerText()).as(buyer).contains("HELD").doesNotContain("again");
        }
        assertThat(driver.run("place h2 berlin alice A:1 key=k")).containsExactly("CommandRepeated #2");
    }

    /** Messages of the right kind with arbitrary fields, names and counts. */
    @Test
    void shouldNeverThrowWhateverTheFieldsSay() {
        final long seed = Seeds.next("malformed");
        final SplittableRandom random = new SplittableRandom(seed);
        final Replica follower = Replica.from(driver.core(), 3);
        driver.journalTo(follower);
        for (int i = 0; i < 60_000; i++) {
            final Command command = new Command(Command.Kind.values()[random.nextInt(12)]);
            command.drop = name(random, "berlin");
            command.buyer = name(random, "alice");
            command.key = name(random, "k");
            command.payment = name(random, "p1");
            command.title = name(random, "title");
            command.currency = random.nextBoolean() ? "" : "EUR";
            command.hold = random.nextInt(20);
            command.amountMinor = number(random);
            command.number = (int) number(random);
            command.maxPerBuyer = (int) number(random);
            command.holdSeconds = (int) number(random);
            command.maxHoldSeconds = (int) number(random);
            command.paymentGraceSeconds = (int) number(random);
            command.opensAtMs = number(random);
            command.closesAtMs = number(random);
            for (int count = random.nextInt(10); count > 0 || command.items.isEmpty(); count--) {
                command.items.add(new Command.Item(name(random, "A"), (int) number(random), number(random)));
            }
            driver.advance(random.nextInt(20_000)).decide(command);
        }
        assertThat(follower.core().stateHash()).isEqualTo(driver.core().stateHash());
        assertThat(Replica.copyOf(driver.core(), 4).stateHash())
                .isEqualTo(driver.core().stateHash());
    }

    private static String name(final SplittableRandom random, final String known) {
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> "\u00ff\0".repeat(random.nextInt(200));
            case 2 -> "n".repeat(60 + random.nextInt(10));
            case 3 -> known + random.nextInt(3);
            default -> known;
        };
    }

    private static long number(final SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextLong();
            case 1 -> Integer.MAX_VALUE + (random.nextBoolean() ? 0L : 1L);
            case 2 -> Long.MIN_VALUE;
            case 3 -> 1;
            default -> random.nextInt(100) - 2;
        };
    }
}
