package io.holdfast.gateway.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A desk without a disk or a store: answers at once, or when the test does. */
final class MemoryDesk implements AdminDesk {
    static final Snapshot SNAPSHOT = new Snapshot(4_711, 81_920, 1_795_000_000_123L, 0xABCDEFL);

    /** What was asked for while answers were kept back, to be completed by the test. */
    final List<CompletableFuture<Snapshot>> kept = new CopyOnWriteArrayList<>();

    private volatile boolean keepingBack;
    private volatile RuntimeException failure;
    private volatile Error thrown;
    private volatile List<DeadLetter> letters = List.of();

    void keepBack() {
        keepingBack = true;
    }

    /** Completes what was kept, and keeps nothing from now on. */
    void release() {
        keepingBack = false;
        kept.forEach(answer -> answer.complete(SNAPSHOT));
        kept.clear();
    }

    void failWith(final RuntimeException cause) {
        failure = cause;
    }

    /** What the desk's methods themselves throw. */
    void throwing(final Error cause) {
        thrown = cause;
    }

    void letters(final List<DeadLetter> all) {
        letters = List.copyOf(all);
    }

    @Override
    public CompletionStage<Snapshot> snapshot() {
        final CompletableFuture<Snapshot> answer = new CompletableFuture<>();
        if (thrown != null) {
            throw thrown;
        } else if (keepingBack) {
            kept.add(answer);
        } else if (failure != null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(SNAPSHOT);
        }
        return answer;
    }

    @Override
    public CompletionStage<DeadLetters> deadLetters(final long after, final int limit) {
        if (failure != null) {
            return CompletableFuture.failedStage(failure);
        }
        final List<DeadLetter> rest =
                letters.stream().filter(letter -> letter.place() > after).toList();
        final List<DeadLetter> page = rest.stream().limit(limit).toList();
        final boolean isLast = page.size() == rest.size();
        return CompletableFuture.completedStage(new DeadLetters(
                page, isLast ? DeadLetters.END : page.get(page.size() - 1).place()));
    }
}
