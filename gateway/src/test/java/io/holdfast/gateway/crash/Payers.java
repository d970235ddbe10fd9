package io.holdfast.gateway.crash;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A payment provider: notifies of each payment until there is an answer, as providers do. Every 10th notification comes
 * twice, every 50th is preceded by a forged one. What was answered is remembered, and an answer that contradicts an
 * earlier one is a fault.
 */
final class Payers {
    private static final int AMOUNT_MINOR = 4_500;
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int connections;
    private final ConcurrentLinkedQueue<Payment> waiting = new ConcurrentLinkedQueue<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final AtomicReference<String> fault = new AtomicReference<>();

    Payers(final int connections) {
        this.connections = connections;
    }

    private record Payment(int number, String id, String hold) {
        String body() {
            return "{\"payment\":\"" + id + "\",\"hold\":\"" + hold + "\",\"amountMinor\":" + AMOUNT_MINOR
                    + ",\"currency\":\"EUR\"}";
        }
    }

    /** Where the server listens at the moment; it may be another one after a kill. */
    @FunctionalInterface
    interface Port {
        int now() throws Exception;
    }

    /** Adds one payment for each hold, ids with the prefix. */
    void add(final String prefix, final List<String> holds) {
        int number = 0;
        for (final String hold : holds) {
            number++;
            waiting.add(new Payment(number, prefix + number, hold));
        }
    }

    /** Notifies on all connections until every payment has its answer. */
    void pay(final Port port) throws InterruptedException {
        final CountDownLatch ended = new CountDownLatch(connections);
        for (int i = 0; i < connections; i++) {
            final Thread thread = new Thread(
                    () -> {
                        while (!waiting.isEmpty() && fault.get() == null) {
                            payOverOneConnection(port);
                        }
                        ended.countDown();
                    },
                    "payer-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        ended.await();
    }

    private void payOverOneConnection(final Port port) {
        Payment payment = null;
        try (HttpClient client = connect(port)) {
            for (payment = waiting.poll(); payment != null; payment = waiting.poll()) {
                notifyOf(payment, client);
            }
        } catch (final IOException e) {
            // The server is down or was killed: whoever has no answer is notified of again.
            if (payment != null) {
                waiting.add(payment);
            }
            LockSupport.parkNanos(RETRY_NS);
        }
    }

    private static HttpClient connect(final Port port) throws IOException {
        try {
            return new HttpClient(port.now());
        } catch (final IOException e) {
            throw e;
        } catch (final Exception e) {
            throw new IOException("no server to connect to", e);
        }
    }

    private void notifyOf(final Payment payment, final HttpClient client) throws IOException {
        if (payment.number() % 50 == 0) {
            final HttpClient.Reply forged = client.pay(payment.body(), "the-secret-of-somebody-else");
            if (forged.status() != 401) {
                fault.set("forged " + payment.id() + " was answered " + forged.status() + " " + forged.body());
            }
        }
        note(payment, client.pay(payment.body(), ServerProcess.PAYMENT_SECRET));
        if (payment.number() % 10 == 0) {
            note(payment, client.pay(payment.body(), ServerProcess.PAYMENT_SECRET));
        }
    }

    private void note(final Payment payment, final HttpClient.Reply reply) {
        if (reply.status() == 503) {
            waiting.add(payment);
            return;
        }
        if (reply.status() != 200) {
            fault.set(payment.id() + " was answered " + reply.status() + " " + reply.body());
            return;
        }
        final String before = answers.put(payment.id(), reply.body());
        if (before != null && !before.equals(reply.body())) {
            fault.set(payment.id() + " was answered " + before + " and now " + reply.body());
        }
    }

    /** Answers by payment id. */
    Map<String, String> answers() {
        return answers;
    }

    long count(final String outcome) {
        return answers.values().stream()
                .filter(answer -> answer.contains("\"outcome\":\"" + outcome + "\""))
                .count();
    }

    /** What went wrong, or null. */
    String fault() {
        return fault.get();
    }
}
