package io.holdfast.settlement.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A storefront's end: notes what it gets, answers as it is told. */
final class Receiver implements AutoCloseable {
    private static final int THREADS = 40;

    /** Decides on an answer; may block. */
    interface Script {
        Answer answer(Post post) throws InterruptedException;
    }

    record Answer(int status, Map<String, String> headers) {
        static Answer of(final int status) {
            return new Answer(status, Map.of());
        }
    }

    record Post(String method, String path, Map<String, List<String>> headers, byte[] body) {
        String header(final String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        String id() {
            return header("Webhook-id");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Collection<Post> posts = new ConcurrentLinkedQueue<>();
    private final Collection<String> taken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile Script script = post -> Answer.of(204);

    Receiver() throws IOException {
        this(0);
    }

    Receiver(final int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(final HttpExchange exchange) throws IOException {
        final Post post = new Post(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                exchange.getRequestBody().readAllBytes());
        posts.add(post);
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            final Answer answer = script.answer(post);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            if (answer.status() / 100 == 2) {
                taken.add(post.id());
            }
            atOnce.decrementAndGet();
            exchange.sendResponseHeaders(answer.status(), -1);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void answer(final Script by) {
        script = by;
    }

    void answer(final int status) {
        script = post -> Answer.of(status);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/hooks?shop=1");
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Post> posts() {
        return List.copyOf(posts);
    }

    /** Ids of the messages that it answered with a 2xx, in the order of its answers. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
