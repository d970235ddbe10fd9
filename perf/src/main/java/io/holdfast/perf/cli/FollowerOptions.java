package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.followers.FollowerResults;
import io.holdfast.perf.followers.Measured;
import io.holdfast.perf.followers.Workspace;
import io.holdfast.perf.report.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the measurements of followers have in common: where they work, and how they tell what they found. */
final class FollowerOptions {
    /** Less does not hold the drivers of the stores. */
    private static final int HEAP_MIB_MIN = 32;

    private static final int HEAP_MIB_MAX = 1 << 20;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "On the disk to be measured: journal and stores are made in a directory of their own there, "
                    + "and deleted at the end (the temporary directory).")
    private Path below;

    @Option(names = "--json", description = "Prints the results as one JSON object.")
    private boolean isJson;

    /** What measures in a workspace. */
    @FunctionalInterface
    interface Work {
        FollowerResults in(Workspace workspace) throws IOException, InterruptedException;
    }

    /** Does the work, leaves nothing of it behind, prints what it found, and says the exit status. */
    int run(final Console console, final Work work) throws StartRefusedException, InterruptedException {
        final FollowerResults results;
        try (Workspace workspace = Workspace.create(Optional.ofNullable(below))) {
            results = work.in(workspace);
        } catch (final IOException e) {
            throw new StartRefusedException("cannot measure: " + e.getMessage(), e);
        }
        if (isJson) {
            console.out().println(JsonText.of(results::write));
        } else {
            console.out().print(results.text());
        }
        console.out().flush();
        results.faults().forEach(console::say);
        return results.faults().isEmpty() ? ExitStatus.OK : ExitStatus.NO;
    }

    /** What the process of a measurement does that is started for one step alone. */
    @FunctionalInterface
    interface Step {
        Measured run() throws IOException, InterruptedException;
    }

    /** Does the step, and prints its figures for the process that waits for them. */
    static int step(final Console console, final Step step) throws StartRefusedException, InterruptedException {
        try {
            console.out().println(step.run().json());
            return ExitStatus.OK;
        } catch (final IOException e) {
            throw new StartRefusedException(e.getMessage(), e);
        }
    }

    /** @return the value */
    static int checkRange(final String flag, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new UsageException(flag, value + " is not from " + least + " to " + most);
        }
        return value;
    }

    static int checkHeap(final int heapMib) {
        return checkRange("--heap-mib", heapMib, HEAP_MIB_MIN, HEAP_MIB_MAX);
    }
}
