package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Limits;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How much the server takes on. */
final class LimitOptions implements FromEnvironment {
    private static final int RING_SIZE_MIN = 1_024;
    private static final int RING_SIZE_MAX = 1_048_576;
    private static final int CONNECTIONS_MAX = 1_048_576;
    private static final int RATE_MAX = 1_000_000;

    @Option(
            names = "--ring-size",
            paramLabel = "SLOTS",
            defaultValue = "65536",
            description = "Requests that may wait for the core (${DEFAULT-VALUE}): a power of two, 1024 to 1048576.")
    private int ringSize;

    @Option(
            names = "--max-connections",
            paramLabel = "COUNT",
            description = "Open connections (65536, or what the file descriptor limit leaves).")
    private Integer connectionsMax;

    @Option(
            names = "--buyer-rate",
            paramLabel = "PER-SECOND",
            defaultValue = "20",
            description = "Requests a second that name one buyer (${DEFAULT-VALUE}); 0 is no limit.")
    private int buyerRate;

    @Option(
            names = "--address-rate",
            paramLabel = "PER-SECOND",
            defaultValue = "50",
            description = "Requests a second from one address without a key (${DEFAULT-VALUE}); 0 is no limit.")
    private int addressRate;

    @Option(names = "--private-stock", description = "Show a drop's stock to callers with a key only.")
    private boolean isStockPrivate;

    Limits limits() {
        if (ringSize < RING_SIZE_MIN || ringSize > RING_SIZE_MAX || Integer.bitCount(ringSize) != 1) {
            throw new UsageException("--ring-size", ringSize + " is not a power of two from 1024 to 1048576");
        }
        if (connectionsMax != null) {
            checkRange("--max-connections", connectionsMax, 1, CONNECTIONS_MAX);
        }
        checkRange("--buyer-rate", buyerRate, 0, RATE_MAX);
        checkRange("--address-rate", addressRate, 0, RATE_MAX);
        final OptionalInt connections = connectionsMax == null ? OptionalInt.empty() : OptionalInt.of(connectionsMax);
        return new Limits(ringSize, connections, buyerRate, addressRate, isStockPrivate);
    }

    private static void checkRange(final String flag, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new UsageException(flag, value + " is not from " + min + " to " + max);
        }
    }
}
