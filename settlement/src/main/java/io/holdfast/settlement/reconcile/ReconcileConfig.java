package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.postgres.PostgresConfig;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What is compared with what.
 *
 * @param dataDirectory of the server, running or stopped
 * @param redisUrl {@code redis://HOST:PORT}; may bear a password, so it is never shown
 * @param isRepair whether the stores are driven forward to what the journal says
 * @param shownMax differences and repairs that are kept to be shown; all are counted
 */
public record ReconcileConfig(
        Path dataDirectory,
        Optional<PostgresConfig> postgres,
        Optional<String> redisUrl,
        boolean isRepair,
        int shownMax) {
    public ReconcileConfig {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(postgres, "postgres");
        Objects.requireNonNull(redisUrl, "redisUrl");
        if (shownMax < 0) {
            throw new IllegalArgumentException("shownMax " + shownMax + " is negative");
        }
    }
}
