package io.holdfast.gateway.audit;

import java.io.PrintStream;
import java.util.Locale;

/** Shows somebody at a terminal that long work moves on; shows nothing elsewhere. */
public final class Progress {
    private static final int RECORDS_PER_SHOW = 1 << 17;

    private final PrintStream terminal;

    private long records;
    private long shownAt;

    private Progress(final PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Shows progress on a line that is written over. */
    public static Progress on(final PrintStream terminal) {
        return new Progress(terminal);
    }

    /** Shows nothing. */
    public static Progress silent() {
        return new Progress(null);
    }

    void advance(final int recordCount) {
        records += recordCount;
        if (terminal != null && records - shownAt >= RECORDS_PER_SHOW) {
            shownAt = records;
            terminal.printf(Locale.ROOT, "\r%,d records", records);
            terminal.flush();
        }
    }

    /** Leaves the line clean for what comes next. */
    void end() {
        if (shownAt > 0) {
            terminal.print("\r\u001b[K");
            terminal.flush();
            shownAt = 0;
        }
    }
}
