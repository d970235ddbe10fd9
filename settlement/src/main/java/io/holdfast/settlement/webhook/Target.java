package io.holdfast.settlement.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The one receiver of webhooks. Started by the sender's thread; ends are told on the client's threads, or that one. */
final class Target implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final int THREADS = 2;

    private final URI uri;
    private final Signer signer;
    private final long timeoutNs;
    private final Consumer<Attempt> onEnd;
    private final ExecutorService threads;
    private final HttpClient client;

    /** @param onEnd told once of every attempt that was started */
    Target(final WebhookConfig config, final Pace pace, final Consumer<Attempt> onEnd) {
        this.uri = config.target();
        this.signer = new Signer(config.keys());
        this.timeoutNs = TimeUnit.MILLISECONDS.toNanos(pace.requestTimeoutMs());
        this.onEnd = onEnd;
        final AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            final Thread thread = new Thread(task, "holdfast-webhook-http-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(threads)
                .build();
    }

    /**
     * Starts to send; does not wait.
     *
     * @throws IllegalArgumentException when the message's id cannot be a header
     */
    Attempt send(final Message message, final boolean isProbe) {
        final byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        final long nowSeconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        final HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Holdfast")
                .header("webhook-id", message.messageId())
                .header("webhook-timestamp", Long.toString(nowSeconds))
                .header("webhook-signature", signer.sign(message.messageId(), nowSeconds, body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        final Attempt attempt = new Attempt(message, isProbe, System.nanoTime() + timeoutNs);
        final var exchange = client.sendAsync(request, attempt::onHead);
        attempt.startedAs(exchange);
        exchange.whenComplete((response, cause) -> {
            attempt.onEnd(cause);
            onEnd.accept(attempt);
        });
        return attempt;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
