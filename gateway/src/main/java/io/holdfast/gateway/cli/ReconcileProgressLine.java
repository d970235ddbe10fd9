package io.holdfast.gateway.cli;

import io.holdfast.settlement.reconcile.ReconcileProgress;
import java.util.Locale;

/** Shows somebody at a terminal, on a line that is written over, that a reconciliation moves on. */
final class ReconcileProgressLine implements ReconcileProgress {
    private static final int COUNT_PER_SHOW = 1 << 17;

    private final Console console;

    private long count;
    private long shownAt;

    ReconcileProgressLine(final Console console) {
        this.console = console;
    }

    @Override
    public void advance(final int more) {
        count += more;
        if (console.isTerminal() && count - shownAt >= COUNT_PER_SHOW) {
            shownAt = count;
            console.err().printf(Locale.ROOT, "\r%,d records and keys", count);
            console.err().flush();
        }
    }

    /** Leaves the line clean for what comes next. */
    void end() {
        if (shownAt > 0) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }
}
