package io.holdfast.perf.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What all processors of the machine did since it started, in seconds: the first line of {@code /proc/stat}, in ticks of
 * a hundredth (proc(5)).
 *
 * @param busySeconds of whomever, and what a hypervisor gave to another machine
 */
record ProcessorTimes(double busySeconds) {
    private static final double TICKS_PER_SECOND = 100;
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);

    static ProcessorTimes read() throws IOException {
        return of(Files.readString(Path.of("/proc/stat")));
    }

    /** {@code cpu user nice system idle iowait irq softirq steal ...}: guests are in user already. */
    static ProcessorTimes of(final String stat) throws IOException {
        final String[] words = stat.lines().findFirst().orElse("").split(" +");
        if (!words[0].equals("cpu") || words.length <= 8) {
            throw new IOException("/proc/stat begins with: " + String.join(" ", words));
        }
        double ticks = 0;
        for (final int field : BUSY) {
            ticks += Long.parseLong(words[field]);
        }
        return new ProcessorTimes(ticks / TICKS_PER_SECOND);
    }
}
