package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.store.Arena;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Records by sequence against a sorted map: front gone, back gone, gaps, nothing left. */
class SequenceOrderTest {
    @Test
    void shouldListAndFindAsASortedMapDoes() {
        final long seed = Seeds.next("SequenceOrder");
        for (int kept = 1; kept <= 4_096; kept *= 8) {
            final SplittableRandom random = new SplittableRandom(seed + kept);
            final SequenceOrder order = new SequenceOrder();
            final TreeMap<Long, Integer> expected = new TreeMap<>();
            long sequence = 0;
            for (int i = 0; i < 30_000; i++) {
                sequence += 1 + random.nextInt(3);
                order.append(sequence, i + 1);
                expected.put(sequence, i + 1);
                while (expected.size() > kept || (!expected.isEmpty() && random.nextInt(50) == 0)) {
                    final long gone = random.nextInt(4) == 0 ? random(expected, random) : expected.firstKey();
                    order.remove(gone);
                    expected.remove(gone);
                }
                final long asked = random.nextLong(sequence + 2) * (random.nextInt(20) == 0 ? -1 : 1);
                final Map.Entry<Long, Integer> after = expected.higherEntry(asked);
                assertThat(order.firstAfter(asked)).isEqualTo(after == null ? Arena.NONE : after.getValue());
                assertThat(order.find(asked)).isEqualTo(expected.getOrDefault(asked, Arena.NONE));
            }
            for (final long each : expected.keySet()) {
                order.remove(each);
                assertThatThrownBy(() -> order.remove(each)).isInstanceOf(RuntimeException.class);
            }
            assertThat(order.firstAfter(0)).isEqualTo(Arena.NONE);
        }
    }

    private static long random(final TreeMap<Long, Integer> map, final SplittableRandom random) {
        final Long found = map.ceilingKey(random.nextLong(map.lastKey() + 1));
        return found == null ? map.lastKey() : found;
    }
}
