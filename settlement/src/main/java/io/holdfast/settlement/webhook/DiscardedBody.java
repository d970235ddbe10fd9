package io.holdfast.settlement.webhook;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Lets an answer's body pass by, so that the connection can be used again, but no more of it than {@link #LENGTH_MAX}:
 * then the connection is closed.
 */
final class DiscardedBody implements BodySubscriber<Void> {
    static final long LENGTH_MAX = 64 << 10;

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Subscription subscription;
    private long length;

    @Override
    public CompletionStage<Void> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(final Subscription to) {
        subscription = to;
        to.request(1);
    }

    @Override
    public void onNext(final List<ByteBuffer> buffers) {
        for (final ByteBuffer buffer : buffers) {
            length += buffer.remaining();
        }
        if (length > LENGTH_MAX) {
            subscription.cancel();
            end.complete(null);
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onError(final Throwable cause) {
        end.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
