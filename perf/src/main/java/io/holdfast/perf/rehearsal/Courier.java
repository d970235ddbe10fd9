package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Answer;
import io.holdfast.perf.load.Failure;
import io.holdfast.perf.load.Link;
import io.holdfast.perf.load.LinkListener;
import io.holdfast.perf.load.Wire;
import java.util.ArrayDeque;

/**
 * Carries errands over connections, each over one of its own or over one of a pool, in the order in which they were given.
 * What finds no connection waits; there is at most one errand of each buyer and each connection of a bot.
 */
final class Courier {
    private final Wire wire;
    private final boolean isKeptAlive;
    private final long timeoutNs;
    private final ArrayDeque<Errand> waiting = new ArrayDeque<>();
    private final ArrayDeque<Carriage> idle = new ArrayDeque<>();

    /** In the order in which they were sent; those answered meanwhile are dropped when they come to the head. */
    private final ArrayDeque<Trip> trips = new ArrayDeque<>();

    private int inFlight;
    private int openLinksPeak;
    private long requests;
    private long connections;

    Courier(final Wire wire, final boolean isKeptAlive, final long timeoutNs) {
        this.wire = wire;
        this.isKeptAlive = isKeptAlive;
        this.timeoutNs = timeoutNs;
    }

    /** One request under way. */
    private static final class Trip {
        private final Carriage carriage;
        private final Errand errand;
        private final long sentNs;
        private boolean isOver;

        Trip(final Carriage carriage, final Errand errand, final long sentNs) {
            this.carriage = carriage;
            this.errand = errand;
            this.sentNs = sentNs;
        }
    }

    /** A connection, or the place for one. */
    private final class Carriage implements LinkListener {
        private Link link;
        private Trip trip;

        void send(final Errand errand) {
            trip = new Trip(this, errand, System.nanoTime());
            trips.add(trip);
            requests++;
            inFlight++;
            final int length = errand.write(wire.request());
            if (link != null && link.isUsable()) {
                link.send(length);
                return;
            }
            connections++;
            link = wire.newLink(this);
            openLinksPeak = Math.max(openLinksPeak, wire.openLinks());
            link.openAndSend(length);
        }

        @Override
        public void onAnswer(final Answer answer, final long receivedNs) {
            final Trip over = end();
            if (isKeptAlive && link.isUsable()) {
                idle.add(this);
            } else {
                link.close();
                link = null;
            }
            over.errand.onAnswer(answer, over.sentNs, receivedNs);
            dispatch();
        }

        @Override
        public void onLost(final Failure failure, final String detail) {
            link = null;
            if (trip == null) {
                idle.remove(this);
            } else {
                end().errand.onFailure(failure, detail);
            }
        }

        Trip end() {
            final Trip over = trip;
            over.isOver = true;
            trip = null;
            inFlight--;
            return over;
        }

        void expire() {
            link.close();
            link = null;
            end().errand.onFailure(Failure.TIMEOUT, "no whole answer in time");
        }
    }

    /** Takes an errand, and carries it now if there is a connection. */
    void send(final Errand errand) {
        waiting.add(errand);
        dispatch();
    }

    /** Carries what waits, as far as there are connections. */
    void dispatch() {
        while (!waiting.isEmpty()) {
            Carriage carriage = idle.poll();
            if (carriage == null) {
                if (!wire.hasRoom()) {
                    return;
                }
                carriage = new Carriage();
            }
            carriage.send(waiting.poll());
        }
    }

    /** Gives up what was sent too long ago; returns when the next may be. */
    long expire(final long nowNs) {
        while (!trips.isEmpty()) {
            final Trip first = trips.peek();
            if (!first.isOver && nowNs - first.sentNs < timeoutNs) {
                return first.sentNs + timeoutNs;
            }
            trips.poll();
            if (!first.isOver) {
                first.carriage.expire();
            }
        }
        return Long.MAX_VALUE;
    }

    boolean isIdle() {
        return inFlight == 0 && waiting.isEmpty();
    }

    int openLinksPeak() {
        return openLinksPeak;
    }

    long requests() {
        return requests;
    }

    long connections() {
        return connections;
    }
}
