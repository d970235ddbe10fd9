package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.Console;
import io.holdfast.perf.report.RunComparison;
import io.holdfast.perf.report.RunHistory;
import io.holdfast.perf.report.RunRecord;
import java.io.IOException;
import java.util.Optional;

/** Keeps a run in the history, and says how it compares with the one before. */
final class Comparisons {
    private final Console console;
    private final RunHistory history;

    Comparisons(final Console console, final RunHistory history) {
        this.console = console;
        this.history = history;
    }

    /** Adds the run; says, and returns, what changed since the newest comparable one, if there is any. */
    Optional<RunComparison> keep(final RunRecord run) throws IOException {
        final RunHistory.Earlier earlier = history.earlier(run);
        final Optional<RunComparison> comparison = earlier.run().map(before -> RunComparison.of(before, run));
        history.add(run);
        if (earlier.unreadableLines() > 0) {
            console.say(history.file() + ": " + earlier.unreadableLines() + " lines are no runs, and were passed over");
        }
        comparison.ifPresentOrElse(
                found -> found.lines().forEach(console::say),
                () -> console.say("no earlier run of these settings on this machine in " + history.file()));
        return comparison;
    }
}
