package io.holdfast.gateway;

import io.holdfast.gateway.api.AdminDesk;
import io.holdfast.settlement.state.SnapshotFollower;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Answers operators from the snapshots and the outbox, on a thread of its own: Postgres may let one wait. */
final class OperatorDesk implements AdminDesk, AutoCloseable {
    private static final int WAITING_MAX = 16;

    private final SnapshotFollower snapshots;
    private final Optional<io.holdfast.settlement.webhook.DeadLetters> letters;
    private final ExecutorService executor;

    OperatorDesk(final SnapshotFollower snapshots, final Optional<io.holdfast.settlement.webhook.DeadLetters> letters) {
        this.snapshots = snapshots;
        this.letters = letters;
        this.executor = new ThreadPoolExecutor(
                0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_MAX), OperatorDesk::thread);
    }

    private static Thread thread(final Runnable task) {
        final Thread thread = new Thread(task, "holdfast-desk");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletionStage<Snapshot> snapshot() {
        return snapshots
                .snapshotNow()
                .thenApply(meta -> new Snapshot(meta.sequence(), meta.position(), meta.timeMs(), meta.stateHash()));
    }

    /** Without a database there is no outbox, and nothing in it. */
    @Override
    public CompletionStage<DeadLetters> deadLetters(final long after, final int limit) {
        return letters.map(outbox -> ask(outbox, after, limit))
                .orElseGet(() -> CompletableFuture.completedStage(new DeadLetters(List.of(), DeadLetters.END)));
    }

    /** Each event loop asks for a few at a time: of many loops, more than may wait here. */
    private CompletionStage<DeadLetters> ask(
            final io.holdfast.settlement.webhook.DeadLetters outbox, final long after, final int limit) {
        try {
            return CompletableFuture.supplyAsync(() -> read(outbox, after, limit), executor);
        } catch (final RejectedExecutionException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static DeadLetters read(
            final io.holdfast.settlement.webhook.DeadLetters outbox, final long after, final int limit) {
        try {
            final int pageMax = Math.min(limit, io.holdfast.settlement.webhook.DeadLetters.PAGE_MAX);
            final List<DeadLetter> page = outbox.page(after, pageMax).stream()
                    .map(OperatorDesk::letter)
                    .toList();
            final boolean isLast = page.size() < pageMax;
            return new DeadLetters(
                    page, isLast ? DeadLetters.END : page.get(page.size() - 1).place());
        } catch (final SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static DeadLetter letter(final io.holdfast.settlement.webhook.DeadLetter letter) {
        return new DeadLetter(
                letter.id(),
                letter.messageId(),
                letter.type(),
                letter.attempts(),
                letter.lastError(),
                letter.createdAt().toEpochMilli(),
                letter.failedAt().toEpochMilli(),
                letter.body());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
