package io.holdfast.perf.compare;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rows that there are. */
public final class Rows {
    /**
     * All that a goal is set for, in the order in which they are measured: what wants a quiet server comes
     * first.
     */
    public static final List<String> ALL = List.of(
            "idle",
            "saturation",
            "sold-out",
            "open-5000",
            "open-15000",
            "open-50000",
            "storm",
            "drop",
            "memory",
            "allocation");

    static final String IDLE = "idle";
    static final String SATURATION = "saturation";
    static final String SOLD_OUT = "sold-out";
    static final String OPEN = "open-";
    static final String STORM = "storm";
    static final String DROP = "drop";
    static final String MEMORY = "memory";
    static final String ALLOCATION = "allocation";

    /** 50,000 users come in 5 s. */
    private static final Duration DROP_WINDOW_PER_USER = Duration.ofNanos(100_000);

    private static final Pattern OPEN_NAME = Pattern.compile("open-[1-9]\\d{0,5}");
    private static final Set<String> BY_WRK = Set.of(SATURATION, SOLD_OUT);

    private Rows() {}

    /** Whether there is a row of that name: those of {@link #ALL}, and open-N for any rate N below a million. */
    public static boolean isKnown(final String name) {
        return ALL.contains(name) || OPEN_NAME.matcher(name).matches();
    }

    /** Whether the row is driven by wrk. */
    public static boolean needsWrk(final String name) {
        return BY_WRK.contains(name);
    }

    static Row make(final String name, final Bench bench) {
        return switch (name) {
            case IDLE -> new IdleRow(bench);
            case SATURATION -> new SaturationRow(bench, false);
            case SOLD_OUT -> new SaturationRow(bench, true);
            case STORM -> new CrowdRow(bench, name, Duration.ZERO);
            case DROP ->
                new CrowdRow(
                        bench,
                        name,
                        DROP_WINDOW_PER_USER.multipliedBy(bench.plan().crowd().users()));
            case MEMORY -> new MemoryRow(bench);
            case ALLOCATION -> new AllocationRow(bench);
            default -> new OpenLoopRow(bench, Integer.parseInt(name.substring(OPEN.length())));
        };
    }
}
