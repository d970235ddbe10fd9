package io.holdfast.perf.ring;

import java.util.concurrent.TimeUnit;

/**
 * What one producer is to do.
 *
 * @param number of the producer, from 0
 * @param inFlightMax its share
 * @param span when
 */
record ProducerPlan(RingLoad load, int number, int inFlightMax, ProducerWait producerWait, Span span) {
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /**
     * When a round happens, by {@link System#nanoTime}.
     *
     * @param startNs the first command is due
     * @param measureNs the warm-up ends: what is due from here on is measured
     * @param endNs nothing more is due
     */
    record Span(long startNs, long measureNs, long endNs) {}

    /** When the producer's command of that number, from 0, is due; the producers take turns. */
    long dueNs(final long index) {
        final double position = (double) index * load.producers() + number;
        return span.startNs() + (long) (position * NS_PER_SECOND / load.ratePerSecond());
    }

    long measureNs() {
        return span.measureNs();
    }

    long endNs() {
        return span.endNs();
    }
}
