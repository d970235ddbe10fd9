package io.holdfast.gateway.crash;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Buyers of one drop, each of whom presses Buy until there is an answer. What was answered is remembered, and an answer
 * that contradicts an earlier one is a fault.
 */
final class Crowd {
    private final String drop;
    private final int connections;
    private final ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<>();
    private final Map<String, String> holds = new ConcurrentHashMap<>();
    private final Map<String, String> soldOut = new ConcurrentHashMap<>();
    private final AtomicReference<String> fault = new AtomicReference<>();

    Crowd(final String drop, final int buyers, final int connections) {
        this(drop, "b-", buyers, connections);
    }

    /** A crowd whose buyers' names begin alike, to tell it from another crowd of the same drop. */
    Crowd(final String drop, final String prefix, final int buyers, final int connections) {
        this.drop = drop;
        this.connections = connections;
        for (int i = 0; i < buyers; i++) {
            waiting.add(prefix + i);
        }
    }

    /** Presses Buy on all connections until everybody has an answer or the server is gone. */
    void press(final int port) throws InterruptedException {
        final CountDownLatch ended = new CountDownLatch(connections);
        for (int i = 0; i < connections; i++) {
            final Thread thread = new Thread(() -> {
                try (HttpClient client = new HttpClient(port)) {
                    while (pressOnce(client)) {
                        // until nobody waits
                    }
                } catch (final IOException e) {
                    // The server was killed: who had no answer waits on.
                } finally {
                    ended.countDown();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        ended.await();
    }

    private boolean pressOnce(final HttpClient client) throws IOException {
        final String buyer = waiting.poll();
        if (buyer == null) {
            return false;
        }
        try {
            note(buyer, client.buy(drop, buyer));
            return true;
        } catch (final IOException e) {
            waiting.add(buyer);
            throw e;
        }
    }

    private void note(final String buyer, final HttpClient.Reply reply) {
        if (reply.status() == 201) {
            final String before = holds.put(buyer, reply.member("hold"));
            if (before != null && !before.equals(reply.member("hold"))) {
                fault.set(buyer + " had hold " + before + " and now " + reply.member("hold"));
            }
        } else if (reply.status() == 409 && "sold-out".equals(reply.member("code"))) {
            soldOut.put(buyer, "sold-out");
        } else if (reply.status() == 503) {
            waiting.add(buyer);
        } else {
            fault.set(buyer + " was answered " + reply.status() + " " + reply.body());
        }
    }

    /** Checks that each acknowledged hold is there, and that a retry by key gives the same one. */
    void checkAcknowledged(final HttpClient client) throws IOException {
        for (final Map.Entry<String, String> each : holds.entrySet()) {
            final HttpClient.Reply seen = client.storefront("GET", "/v1/holds/" + each.getValue(), "", "");
            if (seen.status() != 200 || !"HELD".equals(seen.member("status"))) {
                fault.set("hold " + each.getValue() + " is " + seen.status() + " " + seen.body());
            }
        }
        int retries = 0;
        for (final Map.Entry<String, String> each : holds.entrySet()) {
            if (retries++ == 200) {
                break;
            }
            final HttpClient.Reply again = client.buy(drop, each.getKey());
            if (again.status() != 201 || !again.isReplay() || !each.getValue().equals(again.member("hold"))) {
                fault.set("retry for " + each.getValue() + " gave " + again.status() + " " + again.body());
            }
        }
    }

    boolean isAnyoneWaiting() {
        return !waiting.isEmpty();
    }

    /** Holds that were acknowledged, by buyer. */
    Map<String, String> holds() {
        return holds;
    }

    int soldOutCount() {
        return soldOut.size();
    }

    /** What went wrong, or null. */
    String fault() {
        return fault.get();
    }
}
