package io.holdfast.gateway;

import io.holdfast.journal.RecoveryReport;
import io.holdfast.settlement.postgres.LostTailCheck;
import io.holdfast.settlement.postgres.PostgresConfig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Whether Postgres has settled more of this journal than the journal still holds: then its tail was lost, and to go on would
 * give sequences a second time. Asked while the state is rebuilt, since a database that is away takes its time to say so.
 */
final class SettledElsewhere {
    private final boolean isLossAccepted;
    private final Optional<CompletableFuture<LostTailCheck.Result>> answer;

    private SettledElsewhere(
            final boolean isLossAccepted, final Optional<CompletableFuture<LostTailCheck.Result>> answer) {
        this.isLossAccepted = isLossAccepted;
        this.answer = answer;
    }

    static SettledElsewhere ask(final ServerConfig config, final RecoveryReport journal) {
        final Optional<PostgresConfig> postgres =
                config.outside().postgres().map(ServerConfig.Postgres::settlementConfig);
        return new SettledElsewhere(
                config.storage().isLostTailAccepted(),
                postgres.map(each -> CompletableFuture.supplyAsync(
                        () -> LostTailCheck.ask(each, journal.journalId(), journal.lastSequence()))));
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
        final LostTailCheck.Result result = answer.get().join();
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
                return 0;
            }
        }
    }
}
