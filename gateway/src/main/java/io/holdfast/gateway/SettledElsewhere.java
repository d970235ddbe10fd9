package io.holdfast.gateway;

import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.postgres.LostTailCheck;
import io.holdfast.settlement.postgres.PostgresConfig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Postgres has settled what this journal does not hold any more: then its tail was lost, and to go on would give
 * sequences a second time, or did already. Asked while the state is rebuilt, since a database that is away takes its time to
 * say so.
 */
final class SettledElsewhere {
    private static final Logger LOG = LoggerFactory.getLogger(SettledElsewhere.class);

    private final boolean isLossAccepted;
    private final Optional<CompletableFuture<LostTailCheck.Result>> answer;

    private SettledElsewhere(
            final boolean isLossAccepted, final Optional<CompletableFuture<LostTailCheck.Result>> answer) {
        this.isLossAccepted = isLossAccepted;
        this.answer = answer;
    }

    /** Asks; nothing may be appended to the log before {@link #sequenceFloor} returned. */
    static SettledElsewhere ask(final ServerConfig config, final CommittedLog log) {
        final Optional<PostgresConfig> postgres =
                config.outside().postgres().map(ServerConfig.Postgres::settlementConfig);
        return new SettledElsewhere(
                config.storage().isLostTailAccepted(),
                postgres.map(each -> CompletableFuture.supplyAsync(() -> LostTailCheck.ask(each, log))));
    }

    /**
     * Waits for the answer.
     *
     * @return above which the next sequence must be
     * @throws StartRefusedException if the tail was lost and nobody accepted that, or if it was accepted and cannot be told
     */
    long sequenceFloor() throws StartRefusedException {
        if (answer.isEmpty()) {
            return 0;
        }
        final LostTailCheck.Result result = result(answer.get());
        switch (result.verdict()) {
            case LOST -> {
                if (!isLossAccepted) {
                    throw new StartRefusedException(result.detail());
                }
                return result.settledSequence();
            }
            case UNREACHABLE -> {
                if (isLossAccepted) {
                    throw new StartRefusedException("--accept-lost-tail: " + result.detail()
                            + "; next step: make --postgres-url reachable, since only it knows how much was lost");
                }
                return 0;
            }
            default -> {
                if (isLossAccepted) {
                    LOG.warn(
                            "--accept-lost-tail accepts a loss that there is not: take the flag away, since with it each"
                                    + " start settles all that is known once more");
                }
                return 0;
            }
        }
    }

    /** What the driver cannot make sense of was passed by the flag's own check. */
    private static LostTailCheck.Result result(final CompletableFuture<LostTailCheck.Result> answer)
            throws StartRefusedException {
        try {
            return answer.join();
        } catch (final CompletionException e) {
            throw new StartRefusedException(
                    "--postgres-url: the driver refuses it: " + e.getCause().getMessage(), e);
        }
    }
}
