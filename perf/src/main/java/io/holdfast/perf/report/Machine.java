package io.holdfast.perf.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What figures are compared on. Two containers of one kind are the same machine here, whatever their names; so are two
 * virtual machines whose neighbours differ, which nobody can see from inside.
 *
 * @param cpu the processor's model
 * @param cores processors that the JVM sees
 * @param memoryGib memory, rounded
 */
public record Machine(String cpu, int cores, long memoryGib) {
    private static final long KIB_PER_GIB = 1_048_576;
    private static final String UNKNOWN = "unknown";

    /** The machine that runs this process. */
    static Machine here() {
        final String memory = field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        final long kib = memory.isEmpty() ? 0 : Long.parseLong(memory);
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Math.round((double) kib / KIB_PER_GIB));
    }

    /** The value of the first line that bears the name; elsewhere than on Linux nothing is known. */
    private static String field(final Path file, final String name) {
        if (!Files.isReadable(file)) {
            return UNKNOWN;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (final IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return cpu + ", " + cores + (cores == 1 ? " core, " : " cores, ") + memoryGib + " GiB";
    }
}
