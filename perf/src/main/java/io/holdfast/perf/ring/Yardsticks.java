package io.holdfast.perf.ring;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Goal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.HdrHistogram.Histogram;

/**
 * What the machine can do by itself, once a round: when these move from one run to another, the machine has moved. One
 * for the disk, an fdatasync after 4 KiB into a file that is written already, and one for the processor, a checksum over
 * memory that fits its caches.
 */
final class Yardsticks {
    private static final int PAGE = 4_096;
    private static final int SYNCS = 300;
    private static final int CHECKSUM_LENGTH = 256 * 1_024;
    private static final int CHECKSUMS = 400;
    private static final int CHECKSUM_WARM_UPS = 100;
    private static final double NS_PER_MICRO = 1_000;

    private final Path directory;
    private final List<Double> syncUs = new ArrayList<>();
    private final List<Double> checksumUs = new ArrayList<>();

    Yardsticks(final Path directory) {
        this.directory = directory;
    }

    void measure() throws IOException {
        syncUs.add(sync());
        checksumUs.add(checksum());
    }

    private double sync() throws IOException {
        final Path file = Files.createTempFile(directory, "yardstick", ".tmp");
        final Histogram times = new Histogram(3);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
            for (int i = 0; i < SYNCS; i++) {
                write(channel, page, i);
            }
            channel.force(true);
            for (int i = 0; i < SYNCS; i++) {
                final long beginNs = System.nanoTime();
                write(channel, page.put(0, (byte) 1), i);
                channel.force(false);
                times.recordValue(System.nanoTime() - beginNs);
            }
        } finally {
            Files.delete(file);
        }
        return times.getValueAtPercentile(50) / NS_PER_MICRO;
    }

    private static void write(final FileChannel channel, final ByteBuffer page, final int index) throws IOException {
        page.clear();
        while (page.hasRemaining()) {
            channel.write(page, (long) index * PAGE + page.position());
        }
    }

    private static double checksum() {
        final byte[] bytes = new byte[CHECKSUM_LENGTH];
        final CRC32C checksum = new CRC32C();
        for (int i = 0; i < CHECKSUM_WARM_UPS; i++) {
            checksum.update(bytes);
        }
        final Histogram times = new Histogram(3);
        for (int i = 0; i < CHECKSUMS; i++) {
            final long beginNs = System.nanoTime();
            checksum.update(bytes);
            times.recordValue(System.nanoTime() - beginNs);
        }
        return times.getValueAtPercentile(50) / NS_PER_MICRO;
    }

    /** One value of each for each round so far. */
    List<Figure> figures() {
        return List.of(
                new Figure("bare fdatasync of 4 KiB, p50", "µs", Goal.YARDSTICK, syncUs),
                new Figure("bare checksum of 256 KiB, p50", "µs", Goal.YARDSTICK, checksumUs));
    }
}
