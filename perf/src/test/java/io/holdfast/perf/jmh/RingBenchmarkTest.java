package io.holdfast.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class RingBenchmarkTest {
    @ParameterizedTest
    @EnumSource(Waiting.class)
    void shouldHandOverEachEventOnceWhenProducersAre(final Waiting waiting) throws Exception {
        for (final Producers producers : Producers.values()) {
            final RingBenchmark.OneWay ring = new RingBenchmark.OneWay();
            ring.waiting = waiting;
            ring.producers = producers;
            ring.start();
            try {
                ring.reset();

                ring.run();

                ring.check();
            } finally {
                ring.stop();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void shouldComeBackEachTimeWhenSentThere(final Waiting waiting) throws Exception {
        final RingBenchmark.PingPong rings = new RingBenchmark.PingPong();
        rings.waiting = waiting;
        rings.start();
        try {
            final long first = rings.run();
            final long second = rings.run();

            assertThat(second).isEqualTo(2 * first);
        } finally {
            rings.stop();
        }
    }

    @Test
    void shouldRefuseTheFiguresWhenEventsAreMissing() throws Exception {
        final RingBenchmark.OneWay ring = new RingBenchmark.OneWay();
        ring.waiting = Waiting.BLOCKING;
        ring.producers = Producers.SINGLE;
        ring.start();
        try {
            assertThatIllegalStateException().isThrownBy(ring::check).withMessage("0 events arrived, not 131072");
        } finally {
            ring.stop();
        }
    }
}
