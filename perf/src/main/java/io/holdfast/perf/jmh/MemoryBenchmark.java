package io.holdfast.perf.jmh;

import io.holdfast.core.store.SlabSource;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the machine takes for memory, beside which the core's figures are to be read: one search in an index of millions
 * costs one read at least, and a state that grows pays for the first touch of every slab.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MemoryBenchmark {
    static final int READS = 1_024;
    static final int LINE_LENGTH = 64;

    /** Cache lines, each of which says where the next one is: all of them in one cycle, in no order. */
    @State(Scope.Thread)
    public static class Lines {
        @Param({"1", "32", "1024"})
        public int mebibytes;

        private ByteBuffer memory;
        private UnsafeBuffer lines;
        private int at;

        @Setup(Level.Trial)
        public void link() {
            final int count = mebibytes * (1 << 20) / LINE_LENGTH;
            memory = ByteBuffer.allocateDirect((count + 1) * LINE_LENGTH);
            lines = new UnsafeBuffer(memory.alignedSlice(LINE_LENGTH));
            final int[] order = new int[count];
            final SplittableRandom random = new SplittableRandom(1);
            for (int i = 1; i < count; i++) {
                final int other = random.nextInt(i + 1);
                order[i] = order[other];
                order[other] = i;
            }
            for (int i = 0; i < count; i++) {
                lines.putInt(order[i] * LINE_LENGTH, order[(i + 1) % count] * LINE_LENGTH);
            }
        }

        int next() {
            at = lines.getInt(at);
            return at;
        }

        @TearDown(Level.Trial)
        public void free() {
            BufferUtil.free(memory);
        }
    }

    /** One read after the other, none of which can begin before the one before it has ended. */
    @Benchmark
    @OperationsPerInvocation(READS)
    public int dependentRead(final Lines lines) {
        int last = 0;
        for (int i = 0; i < READS; i++) {
            last = lines.next();
        }
        return last;
    }

    /** A slab such as the state takes, all of it touched, and given back. */
    @Benchmark
    public int slab() {
        final ByteBuffer slab = ByteBuffer.allocateDirect(SlabSource.LARGE);
        final int touched = slab.get(SlabSource.LARGE - 1);
        BufferUtil.free(slab);
        return touched;
    }
}
