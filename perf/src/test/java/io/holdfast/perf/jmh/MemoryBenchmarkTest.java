package io.holdfast.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryBenchmarkTest {
    @Test
    void shouldReadEveryLineOnceBeforeItReadsOneAgain() {
        final MemoryBenchmark.Lines lines = new MemoryBenchmark.Lines();
        lines.mebibytes = 1;
        lines.link();
        final int count = (1 << 20) / MemoryBenchmark.LINE_LENGTH;
        final Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < count; i++) {
            final int line = lines.next();
            assertThat(line % MemoryBenchmark.LINE_LENGTH).isZero();
            assertThat(seen.add(line)).isTrue();
        }

        assertThat(seen).hasSize(count).contains(0);
        assertThat(seen.contains(lines.next())).isTrue();
        assertThat(new MemoryBenchmark().dependentRead(lines)).isBetween(0, count * MemoryBenchmark.LINE_LENGTH);
        assertThat(new MemoryBenchmark().slab()).isZero();
        lines.free();
    }
}
