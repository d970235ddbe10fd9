package io.holdfast.perf.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/** HdrHistogram's percentile distribution as a {@code .hgrm} file, in µs: other tools plot and compare it. */
public final class PercentileFile {
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final double NS_PER_MICRO = 1_000;

    private PercentileFile() {}

    /**
     * Writes the file, over the one that is there.
     *
     * @param valuesNs nanoseconds; the file says µs
     */
    public static void write(final Path file, final Histogram valuesNs) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            valuesNs.outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, NS_PER_MICRO);
            if (out.checkError()) {
                throw new IOException(file + ": could not be written to its end");
            }
        }
    }
}
