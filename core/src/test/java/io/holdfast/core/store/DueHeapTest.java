package io.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Seeds;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The heap of what is due against a sorted set, at random. */
class DueHeapTest {
    /** Items with due times, as a set that is searched would order them. */
    private record Due(int item, long dueMs, long sequence) {}

    @Test
    void shouldOrderWhatIsDueAsASortedSetDoes() {
        final long seed = Seeds.next("DueHeap");
        final SplittableRandom random = new SplittableRandom(seed);
        final Map<Integer, Integer> places = new HashMap<>();
        final DueHeap heap = new DueHeap() {
            @Override
            protected void moved(final int item, final int index) {
                places.put(item, index);
            }
        };
        final Map<Integer, Due> dues = new HashMap<>();
        final TreeSet<Due> expected =
                new TreeSet<>(Comparator.comparingLong(Due::dueMs).thenComparingLong(Due::sequence));
        for (int i = 1; i < 100_000; i++) {
            final int dice = random.nextInt(10);
            if (dice < 5 || expected.isEmpty()) {
                final Due due = new Due(i, random.nextInt(50), i);
                heap.add(i, due.dueMs, due.sequence);
                dues.put(i, due);
                expected.add(due);
            } else if (dice < 8) {
                final Due due = random.nextBoolean() ? expected.first() : any(expected, random);
                heap.remove(places.get(due.item));
                assertThat(places.get(due.item)).isEqualTo(-1);
                expected.remove(due);
            } else {
                final Due due = any(expected, random);
                final Due later = new Due(due.item, random.nextInt(50), due.sequence);
                heap.reschedule(places.get(due.item), later.dueMs);
                expected.remove(due);
                expected.add(later);
            }
            assertThat(heap.size()).isEqualTo(expected.size());
            if (!expected.isEmpty()) {
                assertThat(heap.first()).isEqualTo(expected.first().item);
                assertThat(heap.firstDueAtMs()).isEqualTo(expected.first().dueMs);
                assertThat(heap.firstSequence()).isEqualTo(expected.first().sequence);
            }
        }
        while (!expected.isEmpty()) {
            assertThat(heap.first()).isEqualTo(expected.pollFirst().item);
            heap.remove(0);
        }
        assertThat(heap.isEmpty()).isTrue();
        assertThat(heap.firstDueAtMs()).isEqualTo(DueHeap.NEVER);
    }

    private static Due any(final TreeSet<Due> dues, final SplittableRandom random) {
        final Due found = dues.ceiling(new Due(0, random.nextInt(50), random.nextInt(100_000)));
        return found == null ? dues.first() : found;
    }
}
