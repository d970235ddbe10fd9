package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private static final long NOW_NS = Long.MAX_VALUE - 5;
    private static final Pace PACE = new Pace(16, 15_000, 60_000, 1_000, 30_000);

    private final Circuit circuit = new Circuit(PACE);

    private static long afterMs(final long ms) {
        return NOW_NS + TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private void fail(final int times) {
        for (int i = 0; i < times; i++) {
            circuit.onFailure(NOW_NS, false);
        }
    }

    @Test
    void shouldLetAllPassWhenFailuresAreFewOrBroken() {
        fail(Circuit.FAILURES_TO_OPEN - 1);
        circuit.onSuccess(false);
        fail(Circuit.FAILURES_TO_OPEN - 1);

        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.permits(NOW_NS, 6)).isEqualTo(10);
    }

    @Test
    void shouldLetOneProbePassAfterAPauseWhenFailuresAreMany() {
        fail(Circuit.FAILURES_TO_OPEN);

        assertThat(circuit.isOpen()).isTrue();
        assertThat(circuit.permits(afterMs(999), 0)).isZero();
        assertThat(circuit.permits(afterMs(1_000), 0)).isEqualTo(1);
        assertThat(circuit.permits(afterMs(1_000), 1)).isZero();
    }

    @Test
    void shouldNotPauseLongerWhenWhatWasUnderWayFailsToo() {
        fail(16);

        assertThat(circuit.permits(afterMs(1_000), 0)).isEqualTo(1);
    }

    @Test
    void shouldProbeMoreRarelyUpToALimitWhenProbesFail() {
        fail(Circuit.FAILURES_TO_OPEN);

        circuit.onFailure(afterMs(1_000), true);
        assertThat(circuit.permits(afterMs(2_999), 0)).isZero();
        assertThat(circuit.permits(afterMs(3_000), 0)).isEqualTo(1);

        for (int i = 0; i < 20; i++) {
            circuit.onFailure(afterMs(3_000), true);
        }
        assertThat(circuit.permits(afterMs(32_999), 0)).isZero();
        assertThat(circuit.permits(afterMs(33_000), 0)).isEqualTo(1);
    }

    @Test
    void shouldLetAllPassWhenAProbeSucceeds() {
        fail(Circuit.FAILURES_TO_OPEN);

        circuit.onSuccess(false);
        assertThat(circuit.isOpen()).isTrue();
        circuit.onSuccess(true);

        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.permits(NOW_NS, 0)).isEqualTo(16);
        fail(1);
        assertThat(circuit.isOpen()).isFalse();
    }

    @Test
    void shouldWaitAsLongAsAskedWhenTheTargetAsks() {
        circuit.leaveAlone(NOW_NS, 5_000);
        circuit.leaveAlone(NOW_NS, 0);

        assertThat(circuit.isOpen()).isTrue();
        assertThat(circuit.permits(afterMs(4_999), 0)).isZero();
        assertThat(circuit.permits(afterMs(5_000), 0)).isEqualTo(1);
    }
}
