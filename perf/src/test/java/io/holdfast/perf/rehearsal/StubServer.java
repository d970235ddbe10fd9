package io.holdfast.perf.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.perf.load.HttpTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks the protocol and can lie: the audit is what is under test, and the real server does not lie. Without a
 * lie it keeps its stock as it must.
 */
final class StubServer implements AutoCloseable {
    static final int STOCK = 5;
    static final String DROP = "stub";

    private static final Pattern BUYER = Pattern.compile("\"buyer\":\"([^\"]+)\"");
    private static final Pattern HOLD = Pattern.compile("\"hold\":\"([^\"]+)\"");
    private static final Pattern PAYMENT = Pattern.compile("\"payment\":\"([^\"]+)\"");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Lie lie;
    private final AtomicReference<RuntimeException> fault = new AtomicReference<>();
    private final Map<String, Integer> pressesByKey = new ConcurrentHashMap<>();

    // Guarded by this.
    private final Map<String, Held> byKey = new LinkedHashMap<>();
    private final Map<String, String> outcomes = new LinkedHashMap<>();
    private int lies;

    /** What it says that is not so. */
    enum Lie {
        NONE,
        /** Gives one more than there is, and says nothing of it. */
        ONE_TOO_MANY,
        /** Tells somebody of a hold and does not know it afterwards. */
        FORGETS_A_HOLD,
        /** Tells two buyers of the same hold. */
        SAME_HOLD_FOR_TWO,
        /** Answers PAID, and the hold is not paid. */
        FORGETS_A_PAYMENT,
        /** Owes a refund and does not list it. */
        FORGETS_A_REFUND,
        /** Says that more is left than can be. */
        STOCK_DOES_NOT_ADD_UP,
        /** Answers the same payment in one way and then in another. */
        TWO_OUTCOMES,
        /** Not a lie: overloaded at the first press of every key. */
        OVERLOADED_AT_FIRST,
        /** Not a lie: acts, and loses the connection before the answer, at the first press of every key. */
        LOSES_FIRST_ANSWER,
        /** Answers nobody who wants to buy. */
        ALWAYS_OVERLOADED
    }

    private static final class Held {
        private final String id;
        private final String buyer;
        private String status = "HELD";
        private boolean isHidden;

        Held(final String id, final String buyer) {
            this.id = id;
            this.buyer = buyer;
        }

        String json() {
            return "{\"hold\":\"" + id + "\",\"drop\":\"" + DROP + "\",\"buyer\":\"" + buyer
                    + "\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}],\"status\":\"" + status
                    + "\",\"expiresInMillis\":300000,\"amountMinor\":100,\"currency\":\"EUR\"}";
        }
    }

    private StubServer(final Lie lie) throws IOException {
        this.lie = lie;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static StubServer start(final Lie lie) throws IOException {
        return new StubServer(lie);
    }

    HttpTarget target() {
        return HttpTarget.of("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often each key was pressed. */
    Map<String, Integer> pressesByKey() {
        return pressesByKey;
    }

    private void handle(final HttpExchange exchange) throws IOException {
        try (exchange) {
            final String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            final String path = exchange.getRequestURI().getPath();
            final String what = exchange.getRequestMethod() + " " + path;
            if (what.startsWith("POST /v1/drops/") && path.endsWith("/holds")) {
                press(exchange, body);
            } else if (what.equals("POST /v1/payments")) {
                answer(exchange, 200, pay(body));
            } else if (what.startsWith("DELETE /v1/holds/")) {
                release(path.substring("/v1/holds/".length()));
                exchange.sendResponseHeaders(204, -1);
            } else if (path.endsWith("/holds")) {
                answer(exchange, 200, holds());
            } else if (path.equals("/v1/refunds")) {
                answer(exchange, 200, refunds());
            } else {
                answer(exchange, 200, drop());
            }
        } catch (final RuntimeException e) {
            fault.set(e);
            throw e;
        }
    }

    private void press(final HttpExchange exchange, final String body) throws IOException {
        final String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        final boolean isFirst = pressesByKey.merge(key, 1, Integer::sum) == 1;
        if (lie == Lie.ALWAYS_OVERLOADED || lie == Lie.OVERLOADED_AT_FIRST && isFirst) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            answer(exchange, 503, problem("overloaded", 503));
            return;
        }
        final Held held = hold(key, find(BUYER, body));
        if (lie == Lie.LOSES_FIRST_ANSWER && isFirst) {
            return; // closed without an answer
        }
        answer(exchange, held == null ? 409 : 201, held == null ? problem("sold-out", 409) : held.json());
    }

    private synchronized Held hold(final String key, final String buyer) {
        final Held known = byKey.get(key);
        if (known != null) {
            return known;
        }
        final boolean isFull = occupied() >= STOCK;
        if (isFull && lie == Lie.ONE_TOO_MANY && lies++ == 0) {
            return new Held(UUID.randomUUID().toString(), buyer);
        }
        if (isFull) {
            return null;
        }
        final boolean isTwin = lie == Lie.SAME_HOLD_FOR_TWO && byKey.size() == 1;
        final String id =
                isTwin ? byKey.values().iterator().next().id : UUID.randomUUID().toString();
        final Held held = new Held(id, buyer);
        held.isHidden = lie == Lie.FORGETS_A_HOLD && lies++ == 0;
        byKey.put(key, held);
        return held;
    }

    private long occupied() {
        return byKey.values().stream()
                .filter(each -> !each.status.equals("RELEASED"))
                .count();
    }

    private synchronized String pay(final String body) {
        final String payment = find(PAYMENT, body);
        final String id = find(HOLD, body);
        final Held held = byKey.values().stream()
                .filter(each -> each.id.equals(id))
                .findFirst()
                .orElseThrow();
        final boolean isAgain = outcomes.containsKey(payment);
        if (!isAgain) {
            outcomes.put(payment, held.status.equals("HELD") ? "PAID" : "REFUND_DUE");
            if (lie != Lie.FORGETS_A_PAYMENT || lies++ > 0) {
                held.status = "PAID";
            }
        }
        final String outcome = isAgain && lie == Lie.TWO_OUTCOMES ? "REFUND_DUE" : outcomes.get(payment);
        final String reason = outcome.equals("PAID") ? "" : ",\"reason\":\"already-paid\"";
        return "{\"payment\":\"" + payment + "\",\"hold\":\"" + id + "\",\"outcome\":\"" + outcome + "\"" + reason
                + "}";
    }

    private synchronized void release(final String id) {
        byKey.values().stream().filter(each -> each.id.equals(id)).forEach(each -> each.status = "RELEASED");
    }

    private synchronized String holds() {
        return "{\"holds\":["
                + join(byKey.values().stream()
                        .filter(each -> !each.isHidden)
                        .map(Held::json)
                        .toList()) + "],\"next\":null}";
    }

    private synchronized String refunds() {
        final Collection<String> due = outcomes.entrySet().stream()
                .filter(each -> each.getValue().equals("REFUND_DUE") && lie != Lie.FORGETS_A_REFUND)
                .map(each -> "{\"payment\":\"" + each.getKey() + "\",\"amountMinor\":100}")
                .toList();
        return "{\"refunds\":[" + join(due) + "],\"next\":null}";
    }

    private synchronized String drop() {
        final long held = count("HELD");
        final long sold = count("PAID");
        final long available = STOCK - held - sold + (lie == Lie.STOCK_DOES_NOT_ADD_UP ? 1 : 0);
        return "{\"drop\":\"" + DROP + "\",\"maxPerBuyer\":4,\"skus\":[{\"sku\":\"GA\",\"capacity\":" + STOCK
                + ",\"available\":" + available + ",\"held\":" + held + ",\"sold\":" + sold + "}]}";
    }

    private long count(final String status) {
        return byKey.values().stream()
                .filter(each -> !each.isHidden && each.status.equals(status))
                .count();
    }

    private static String join(final Collection<String> values) {
        return String.join(",", values);
    }

    private static String problem(final String code, final int status) {
        return "{\"type\":\"/problems/" + code + "\",\"status\":" + status + ",\"code\":\"" + code + "\"}";
    }

    private static String find(final Pattern pattern, final String text) {
        final Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException(pattern + " is not in " + text);
        }
        return matcher.group(1);
    }

    private static void answer(final HttpExchange exchange, final int status, final String body) throws IOException {
        final byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        if (fault.get() != null) {
            throw fault.get();
        }
    }
}
