package io.holdfast.perf.jmh;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One kind of command against a core in the midst of a sale: a tape of {@value CommandTape#LENGTH} an invocation,
 * encoded before it and checked after it, so that what is timed is decide and apply alone. Each tape is a sample: its
 * median is the figure to read where other processes take the processor away.
 *
 * <p>The allocation figure is of all that the iteration did, the upkeep between invocations included.
 */
@State(Scope.Thread)
public abstract class CoreTape {
    private Sale sale;

    /** Fills the core with live holds. */
    @Setup(Level.Trial)
    public void fill() {
        sale = new Sale(liveHolds(), isAllHeld(), width());
        begin(sale);
    }

    /** Undoes what the last tape did where that would add up, and encodes the next. */
    @Setup(Level.Invocation)
    public void encode() {
        if (sale.isWornOut()) {
            // Let go of the old one first: two do not fit the heap.
            sale = null;
            fill();
        }
        sale.beginTape();
        prepare(sale);
        for (int i = 0; i < CommandTape.LENGTH; i++) {
            tape(sale, i);
        }
        sale.noteLive();
    }

    /** Throws unless the tape had the outcome that the benchmark is named after. */
    @TearDown(Level.Invocation)
    public void check() {
        check(sale);
    }

    /** What is measured. */
    final long decide() {
        return sale.decideTape();
    }

    /** How many holds are live all the while. */
    abstract int liveHolds();

    Width width() {
        return Width.NARROW;
    }

    /** Whether the live holds hold all the stock. */
    boolean isAllHeld() {
        return false;
    }

    /** Once, after the core was filled. */
    void begin(final Sale filled) {}

    /** Before each tape. */
    void prepare(final Sale between) {}

    abstract void tape(Sale next, int index);

    abstract void check(Sale decided);
}
