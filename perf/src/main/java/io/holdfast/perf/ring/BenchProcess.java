package io.holdfast.perf.ring;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command of ours in a process of its own, with this one's JVM, flags and class path: for what has to begin with cold
 * code, or with another heap. For one thread, but {@link #close} is for any.
 */
public final class BenchProcess implements AutoCloseable {
    private final String launcher;
    private final List<String> flags;
    private final List<String> arguments;
    private Process process;
    private boolean isClosed;

    /**
     * @param launcher the word with which the user would start the same by hand
     * @param flags for the JVM, which win over this one's; a collector among them takes the place of this one's
     * @param arguments of the command line
     */
    public BenchProcess(final String launcher, final List<String> flags, final List<String> arguments) {
        this.launcher = launcher;
        this.flags = List.copyOf(flags);
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Starts the process, and waits for it to end. Once only.
     *
     * @return what it wrote to standard output
     * @throws IOException if it failed; what it said about that is on standard error
     */
    public String run() throws IOException, InterruptedException {
        final Process running = start();
        try {
            final String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (running.waitFor() != 0) {
                throw new IOException(
                        "a process of this measurement ended with status " + running.exitValue() + "; next step: see "
                                + "above, or run it by hand: " + launcher + " " + String.join(" ", arguments));
            }
            return said;
        } finally {
            running.destroy();
        }
    }

    private synchronized Process start() throws IOException {
        if (isClosed) {
            throw new IOException("this measurement was told to end");
        }
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(flags));
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.holdfast.gateway.cli.Main"));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return process;
    }

    static List<String> flags(final List<String> wanted) {
        return flags(ManagementFactory.getRuntimeMXBean().getInputArguments(), wanted);
    }

    /** Of this process, and those that are wanted: a JVM that is told two collectors does not start. */
    static List<String> flags(final List<String> own, final List<String> wanted) {
        final boolean isCollectorWanted = wanted.stream().anyMatch(BenchProcess::isCollector);
        return Stream.concat(
                        own.stream()
                                .filter(BenchProcess::isForChildren)
                                .filter(flag -> !isCollectorWanted || !isCollector(flag)),
                        wanted.stream())
                .toList();
    }

    static boolean isCollector(final String flag) {
        return flag.matches("-XX:\\+Use\\w+GC");
    }

    /** The launcher's pipe for the alarm that memory ran out is not handed on. */
    private static boolean isForChildren(final String flag) {
        return !flag.startsWith("-XX:OnOutOfMemoryError") && !flag.startsWith("-Dholdfast.outOfMemoryAlarm");
    }

    /** Ends the process if it runs, and keeps it from being started; returns when it has ended. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }
}
