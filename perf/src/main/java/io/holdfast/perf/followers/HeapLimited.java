package io.holdfast.perf.followers;

import io.holdfast.perf.ring.BenchProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A step of a measurement in a process of its own, whose heap is as small as it is to be shown to suffice. */
final class HeapLimited {

    private final String launcher;
    private final int heapMib;
    private final List<String> arguments;

    /** @param arguments of the command that prints a {@link Measured} as JSON; the home is added */
    HeapLimited(final String launcher, final int heapMib, final List<String> arguments) {
        this.launcher = launcher;
        this.heapMib = heapMib;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Runs it.
     *
     * @throws IOException when it failed, for want of heap perhaps: what it said is on standard error
     */
    Measured run(final Workspace workspace) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(arguments);
        command.add(workspace.home().toString());
        final BenchProcess process =
                workspace.own(new BenchProcess(launcher, List.of("-Xmx" + heapMib + "m"), command));
        return Measured.read(process.run());
    }
}
