package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Storage;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the journal lives and how much of the disk it may use. */
final class StorageOptions implements FromEnvironment {
    private static final long RETAIN_BYTES_MIN = 256L << 20;
    private static final long RETAIN_BYTES_DEFAULT = 16L << 30;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The journal's home (./data).")
    private Path dataDirectory;

    @Option(
            names = "--retain-bytes",
            paramLabel = "BYTES",
            converter = ByteCount.class,
            description = "Journal kept before the oldest of it is deleted (16GiB), 256MiB or more.")
    private Long retainBytes;

    @Option(
            names = "--disk-reserve",
            paramLabel = "BYTES",
            converter = ByteCount.class,
            defaultValue = "256MiB",
            description = "Free disk below which new holds are refused (${DEFAULT-VALUE}).")
    private long diskReserveBytes;

    @Option(
            names = "--archive-dir",
            paramLabel = "DIR",
            description = "Where the oldest of the journal is moved instead of being deleted.")
    private Path archiveDirectory;

    @Option(names = "--accept-lost-tail", description = "Go on although Postgres has seen more than the journal holds.")
    private boolean isLostTailAccepted;

    boolean isDataDirectoryGiven() {
        return dataDirectory != null;
    }

    Storage storage(final Path otherwise) {
        if (retainBytes != null && retainBytes < RETAIN_BYTES_MIN) {
            throw new UsageException("--retain-bytes", retainBytes + " is less than 256MiB");
        }
        final Path directory = dataDirectory == null ? otherwise : dataDirectory;
        final long retained = retainBytes == null ? RETAIN_BYTES_DEFAULT : retainBytes;
        if (archiveDirectory != null && isSame(archiveDirectory, directory)) {
            throw new UsageException("--archive-dir", "the same as --data-dir");
        }
        return new Storage(
                directory, retained, diskReserveBytes, isLostTailAccepted, Optional.ofNullable(archiveDirectory));
    }

    private static boolean isSame(final Path one, final Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
}
