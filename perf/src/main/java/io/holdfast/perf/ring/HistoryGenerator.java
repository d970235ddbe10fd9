package io.holdfast.perf.ring;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/** Makes a history of millions of records; the same numbers and mix give the same history. */
public final class HistoryGenerator {
    /** More would need more drops than a server takes. */
    public static final int RECORDS_MAX = 50_000_000;

    private static final int SEED = 11;
    private static final int DROPS_AT_ONCE = 8;
    private static final int PLENTY = 10_000_000;
    private static final int UNITS_OF_A_DROP = 5_000;
    private static final int RECORDS_OF_A_DROP = 55_000;
    private static final int HOLD_SECONDS = 300;
    private static final int BUYERS = 5_000_000;
    private static final int PROGRESS_RECORDS = 1_000_000;
    private static final int PERCENT = 100;

    private final HistoryMix mix;
    private final int records;
    private final int snapshotRecords;
    private final int segmentLength;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final HoldBag bag = new HoldBag(random);
    private final HistoryCommands commands = new HistoryCommands();

    private int drops;

    /** @param snapshotRecords from one snapshot to the next; 0 for none */
    public HistoryGenerator(final HistoryMix mix, final int records, final int snapshotRecords) {
        this(mix, records, snapshotRecords, RingConfig.SEGMENT_LENGTH);
    }

    HistoryGenerator(final HistoryMix mix, final int records, final int snapshotRecords, final int segmentLength) {
        this.mix = mix;
        this.records = records;
        this.snapshotRecords = snapshotRecords;
        this.segmentLength = segmentLength;
    }

    /**
     * Writes the history into an empty directory; durable on return.
     *
     * @param onProgress told the number of records, about once every million
     * @return the hash of the state that the history leads to
     */
    public long generate(final Path data, final LongConsumer onProgress) {
        try (HistoryWriter writer = new HistoryWriter(data, segmentLength, commands)) {
            long shown = 0;
            long snapped = 0;
            while (writer.records() < records) {
                step(writer);
                if (isSnapshotDue(writer.records(), snapped)) {
                    snapped = writer.records();
                    writer.snapshot();
                }
                if (writer.records() - shown >= PROGRESS_RECORDS) {
                    shown = writer.records();
                    onProgress.accept(shown);
                }
            }
            return writer.stateHash();
        }
    }

    /** None at the end: a start is slowest right before the next snapshot. */
    private boolean isSnapshotDue(final long written, final long snapped) {
        return snapshotRecords > 0 && written - snapped >= snapshotRecords && written < records;
    }

    private void step(final HistoryWriter writer) {
        final long number = writer.records();
        final boolean isDropDue = mix == HistoryMix.DROP ? number / RECORDS_OF_A_DROP >= drops : drops < DROPS_AT_ONCE;
        if (isDropDue) {
            final int capacity = mix == HistoryMix.DROP ? UNITS_OF_A_DROP : PLENTY;
            writer.decide(commands.createDrop(writer.command(), "drop-" + drops++, capacity, HOLD_SECONDS));
            return;
        }
        final int dice = random.nextInt(PERCENT);
        final int asks = mix == HistoryMix.DROP ? 90 : 60;
        if (dice < asks || bag.isEmpty()) {
            ask(writer, number);
        } else {
            // Of those who do not ask five pay, two release and one wants more time.
            follow(writer, number, random.nextInt(8));
        }
    }

    private void ask(final HistoryWriter writer, final long number) {
        final String drop = "drop-" + (mix == HistoryMix.DROP ? drops - 1 : number % DROPS_AT_ONCE);
        final String buyer = "buyer-" + random.nextInt(BUYERS);
        final String key = "0e0f4c1a-77aa-4b5c-9d1e-" + (100_000_000_000L + number);
        if (writer.decide(commands.placeHold(writer.command(), number, drop, buyer, key))) {
            bag.add(number);
        }
    }

    private void follow(final HistoryWriter writer, final long number, final int dice) {
        if (dice < 5) {
            writer.decide(commands.pay(writer.command(), bag.take(), "pi_" + number));
        } else if (dice < 7) {
            writer.decide(commands.release(writer.command(), bag.take()));
        } else {
            writer.decide(commands.extend(writer.command(), bag.any()));
        }
    }
}
