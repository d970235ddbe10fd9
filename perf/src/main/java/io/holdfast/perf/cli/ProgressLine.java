package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.Console;
import io.holdfast.perf.load.LoadResult;
import io.holdfast.perf.load.LoadRun;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Shows somebody at a terminal, on a line that is written over, how a run goes. */
final class ProgressLine {
    private static final long INTERVAL_MS = 500;

    private final Console console;

    ProgressLine(final Console console) {
        this.console = console;
    }

    /** Waits for the run's end, and tells of it meanwhile. */
    LoadResult await(final LoadRun run) throws InterruptedException {
        final long startNs = System.nanoTime();
        while (console.isTerminal() && !run.awaitFor(INTERVAL_MS)) {
            show(
                    "%,d answered or lost, %,d of them lost, %d s",
                    run.settled(), run.failed(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
        }
        end();
        return run.await();
    }

    /** Writes over the line. */
    void show(final String format, final Object... values) {
        if (console.isTerminal()) {
            console.err().print("\r\u001b[K" + String.format(Locale.ROOT, format, values));
            console.err().flush();
        }
    }

    /** Leaves the line clean for what comes next. */
    void end() {
        if (console.isTerminal()) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }
}
