package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveHoldsTest {
    @Test
    void shouldBehaveAsAMapWhenHoldsComeAndGo() {
        final long seed = 4711;
        final Random random = new Random(seed);
        final LiveHolds live = new LiveHolds();
        final Map<Long, Long> expected = new HashMap<>();

        for (int i = 0; i < 200_000; i++) {
            final long id = random.nextInt(5_000);
            if (random.nextInt(5) < 3) {
                assertThat(live.put(7, id, i + 1, (int) id, (byte) 1)).isEqualTo(expected.put(id, i + 1L) == null);
            } else {
                assertThat(live.remove(7, id)).isEqualTo(expected.remove(id) != null);
            }
        }

        assertThat(live.size()).as("seed " + seed).isEqualTo(expected.size());
        expected.forEach((id, due) -> {
            assertThat(live.dueAtMs(live.find(7, id))).isEqualTo(due);
            assertThat(live.checksum(live.find(7, id))).isEqualTo(id.intValue());
        });
    }

    @Test
    void shouldCountWhatIsWrongWhateverBecomesOfIt() {
        final LiveHolds live = new LiveHolds();
        for (int i = 1; i <= 4; i++) {
            live.put(7, i, 1_000, i, (byte) 1);
        }
        live.right(live.find(7, 1), (byte) 2);

        assertThat(live.wrongUnlessSeen((byte) 2, 10)).isEqualTo(3);
        live.remove(7, 2);
        live.put(7, 3, 2_000, 3, (byte) 2);
        assertThat(live.wrongCount()).isEqualTo(1);
        live.right(live.find(7, 4), (byte) 2);

        assertThat(live.wrongCount()).isZero();
    }
}
