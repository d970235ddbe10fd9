package io.holdfast.gateway.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The storefront's receiver of webhooks: checks each signature, and keeps what came, by id. */
final class Storefront implements AutoCloseable {
    private static final byte[] KEY = "the-key-that-signs-all-webhooks!".getBytes(UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final AtomicReference<String> fault = new AtomicReference<>();

    private Storefront() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/hooks", this::take);
        server.start();
    }

    static Storefront open() throws IOException {
        return new Storefront();
    }

    String[] flags() {
        return new String[] {
            "--webhook-url=http://127.0.0.1:" + server.getAddress().getPort() + "/hooks",
            "--webhook-secret=whsec_" + Base64.getEncoder().encodeToString(KEY)
        };
    }

    private void take(final HttpExchange exchange) throws IOException {
        try (exchange) {
            final String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            final String id = exchange.getRequestHeaders().getFirst("webhook-id");
            final String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
            final String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
            if (!signature.equals("v1," + sign(id + "." + timestamp + "." + body))) {
                fault.set(id + " is signed " + signature);
            }
            final String before = bodies.put(id, body);
            if (before != null && !before.equals(body)) {
                fault.set(id + " was " + before + " and now " + body);
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private static String sign(final String signed) {
        try {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Messages of a type, each counted once however often it came. */
    long count(final String type) {
        return bodies.values().stream()
                .filter(body -> body.startsWith("{\"type\":\"" + type + "\","))
                .count();
    }

    /** What went wrong, or null. */
    String fault() {
        return fault.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
