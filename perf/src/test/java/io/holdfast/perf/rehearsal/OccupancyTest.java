package io.holdfast.perf.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OccupancyTest {
    private static final long MS = 1_000_000;

    private static Grant grant(final long sentMs, final long knownMs, final long expiresInMs) {
        return new Grant(new HoldAnswer("h" + knownMs, "b", 1, "HELD", expiresInMs, 0, ""), sentMs * MS, knownMs * MS);
    }

    @Test
    void shouldCountHoldsThatLiveAtOneTime() {
        assertThat(Occupancy.most(List.of(grant(0, 1, 100), grant(10, 11, 100), grant(20, 21, 100))))
                .isEqualTo(3);
    }

    /** The server may have made it when it was asked for, and may have let it end as long before the answer came. */
    @Test
    void shouldNotCountHoldBeyondWhenItMayHaveEnded() {
        assertThat(Occupancy.most(List.of(grant(0, 1, 100), grant(99, 100, 100))))
                .isEqualTo(1);
        assertThat(Occupancy.most(List.of(grant(0, 1, 100), grant(90, 99, 100))))
                .isEqualTo(2);
    }

    @Test
    void shouldNotCountHoldOnceItsEndWasAskedFor() {
        final Grant released = grant(0, 1, 100);
        released.releaseBegins(10 * MS);

        assertThat(Occupancy.most(List.of(released, grant(9, 10, 100)))).isEqualTo(1);
    }

    @Test
    void shouldCountForEverWhatWasPaid() {
        final Grant paid = grant(0, 1, 100);
        paid.paid();

        assertThat(Occupancy.most(List.of(paid, grant(9_000, 9_001, 100)))).isEqualTo(2);
    }
}
