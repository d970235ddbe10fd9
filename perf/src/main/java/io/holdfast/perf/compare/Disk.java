package io.holdfast.perf.compare;

import io.holdfast.perf.report.Numbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * The disk that holds are made durable on.
 *
 * @param type of its file system
 * @param syncP50Us half of the syncs of 4 KiB into a file of zeros took less
 * @param syncP99Us and nearly all less than this
 */
record Disk(String type, double syncP50Us, double syncP99Us) {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final int SYNCS = 300;
    private static final int BLOCK_LENGTH = 4_096;
    private static final double NS_PER_MICRO = 1_000;

    /** Looks at the disk of a directory. */
    static Disk measure(final Path directory) throws IOException {
        final long[] durationsNs = syncsNs(directory, BLOCK_LENGTH, SYNCS);
        return new Disk(typeOf(directory), at(durationsNs, 0.5), at(durationsNs, 0.99));
    }

    /** What half of so many syncs of that length, each into a file's own zeros, take less than. */
    static double syncP50Us(final Path directory, final int length, final int syncs) throws IOException {
        return at(syncsNs(directory, length, syncs), 0.5);
    }

    private static long[] syncsNs(final Path directory, final int length, final int syncs) throws IOException {
        final Path file = Files.createTempFile(directory, "sync", ".bin");
        final long[] durationsNs = new long[syncs];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final ByteBuffer block = ByteBuffer.allocateDirect(length);
            for (int i = 0; i < syncs; i++) {
                block.clear();
                channel.write(block, (long) i * length);
            }
            channel.force(true);
            for (int i = 0; i < syncs; i++) {
                block.clear();
                final long startNs = System.nanoTime();
                channel.write(block, (long) i * length);
                channel.force(false);
                durationsNs[i] = System.nanoTime() - startNs;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(durationsNs);
        return durationsNs;
    }

    private static double at(final long[] sortedNs, final double share) {
        return sortedNs[(int) (share * (sortedNs.length - 1))] / NS_PER_MICRO;
    }

    /** Whether nothing there is durable, and a sync costs nothing. */
    static boolean isInMemory(final Path directory) throws IOException {
        return IN_MEMORY.contains(typeOf(directory));
    }

    /** @throws IOException saying what to do, when nothing there is durable */
    static void refuseMemory(final Path directory) throws IOException {
        if (isInMemory(directory)) {
            throw new IOException(directory.getParent()
                    + " is in memory, where a sync costs nothing; next step: --data-dir with a directory on a disk");
        }
    }

    private static String typeOf(final Path directory) throws IOException {
        return Files.getFileStore(directory).type();
    }

    @Override
    public String toString() {
        return type + ", 4 KiB and a sync p50 " + Numbers.text(syncP50Us) + " µs, p99 " + Numbers.text(syncP99Us)
                + " µs";
    }
}
