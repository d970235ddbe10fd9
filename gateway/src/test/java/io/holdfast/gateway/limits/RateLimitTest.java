package io.holdfast.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long START_NS = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RateLimit limit = new RateLimit(20, 1 << 10);

    private int admitted(final long caller, final int requests, final long nowNs) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += limit.admit(caller, nowNs) == 0 ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void shouldAdmitABurstAndThenTheRateWhenAskedWithoutEnd() {
        assertThat(admitted(7, 100, START_NS)).isEqualTo(40);
        assertThat(admitted(7, 100, START_NS + INTERVAL_NS)).isEqualTo(1);
        assertThat(admitted(7, 100, START_NS + 11 * INTERVAL_NS)).isEqualTo(10);
        assertThat(admitted(7, 100, START_NS + 1_000 * INTERVAL_NS)).isEqualTo(40);
    }

    @Test
    void shouldSayHowLongToWaitWhenRefused() {
        admitted(7, 40, 0);

        final long waitNs = limit.admit(7, 0);

        assertThat(waitNs).isEqualTo(INTERVAL_NS);
        assertThat(limit.admit(7, waitNs)).isZero();
    }

    @Test
    void shouldKeepCallersApartWhenTheyAreMany() {
        int refused = 0;
        for (int caller = 0; caller < 200; caller++) {
            final byte[] name = ("b-" + caller).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 40; i++) {
                refused += limit.admit(name, name.length, 0) == 0 ? 0 : 1;
            }
        }

        assertThat(refused).isZero();
    }

    @Test
    void shouldRememberWhoOwesMostWhenTheTableIsFull() {
        final RateLimit small = new RateLimit(20, 4);
        for (int i = 0; i < 40; i++) {
            small.admit(7, 0);
        }
        for (int stranger = 100; stranger < 1_000; stranger++) {
            small.admit(stranger, 0);
        }

        assertThat(small.admit(7, 0)).isPositive();
    }

    @Test
    void shouldAdmitEverythingWhenOff() {
        final RateLimit off = new RateLimit(0, 4);

        for (int i = 0; i < 1_000; i++) {
            assertThat(off.admit(7, 0)).isZero();
        }
    }
}
