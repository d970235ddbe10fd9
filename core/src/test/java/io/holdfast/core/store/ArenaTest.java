package io.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Seeds;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Records, tables and slabs: none overlaps another, and what is given back is gone. */
class ArenaTest {
    @Test
    void shouldKeepRecordsApartThroughAllocatingAndFreeing() {
        final long seed = Seeds.next("Arena");
        final SplittableRandom random = new SplittableRandom(seed);
        final Arena arena = new Arena();
        final List<int[]> records = new ArrayList<>();
        final Set<Integer> used = new HashSet<>();
        long usedBytes = 0;
        for (int i = 0; i < 60_000; i++) {
            if (random.nextInt(5) < 3 || records.isEmpty()) {
                final int length = 1 + random.nextInt(Arena.RECORD_LENGTH_MAX);
                final int reference = arena.allocate(length);
                assertThat(reference).isNotEqualTo(Arena.NONE);
                assertThat(used.add(reference)).isTrue();
                arena.page(reference).setMemory(arena.offset(reference), length, (byte) reference);
                records.add(new int[] {reference, length});
                usedBytes += (length + 63) / 64 * 64;
            } else {
                final int place = random.nextInt(records.size());
                final int[] record = records.set(place, records.get(records.size() - 1));
                records.remove(records.size() - 1);
                assertWhole(arena, record);
                arena.free(record[0]);
                used.remove(record[0]);
                usedBytes -= (record[1] + 63) / 64 * 64;
            }
            assertThat(arena.usedBytes()).isEqualTo(usedBytes);
        }
        records.forEach(record -> assertWhole(arena, record));
        for (final int length : new int[] {0, -1, Arena.RECORD_LENGTH_MAX + 1}) {
            assertThatThrownBy(() -> arena.allocate(length)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldPutRecordsOnCacheLinesOutsideTheHeap() {
        final Arena arena = new Arena();

        for (int length = 1; length <= Arena.RECORD_LENGTH_MAX; length += 64) {
            final int reference = arena.allocate(length);
            final UnsafeBuffer page = arena.page(reference);

            assertThat(page.byteArray()).isNull();
            assertThat((page.addressOffset() + arena.offset(reference)) % 64).isZero();
        }
    }

    @Test
    void shouldHaveNumbersInTheMessagesByteOrder() {
        final Arena arena = new Arena();
        final int reference = arena.allocate(64);
        final UnsafeBuffer page = arena.page(reference);
        final int offset = arena.offset(reference);

        arena.putLong(reference, 8, 0x0102_0304_0506_0708L);
        arena.putInt(reference, 16, 0x1112_1314);
        arena.putShort(reference, 20, (short) 0x2122);
        arena.putBytes(reference, 24, page, offset + 8, 8);

        assertThat(page.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN)).isEqualTo(0x0102_0304_0506_0708L);
        assertThat(page.getInt(offset + 16, ByteOrder.LITTLE_ENDIAN)).isEqualTo(0x1112_1314);
        assertThat(page.getShort(offset + 20, ByteOrder.LITTLE_ENDIAN)).isEqualTo((short) 0x2122);
        assertThat(arena.getLong(reference, 8)).isEqualTo(0x0102_0304_0506_0708L);
        assertThat(arena.getInt(reference, 16)).isEqualTo(0x1112_1314);
        assertThat(arena.getShort(reference, 20)).isEqualTo((short) 0x2122);
        assertThat(arena.getLong(reference, 24)).isEqualTo(0x0102_0304_0506_0708L);
        arena.putLong(reference, 0, -1);
        arena.clear(reference, 16);
        assertThat(arena.getLong(reference, 0)).isZero();
        assertThat(arena.getLong(reference, 8)).isZero();
        assertThat(arena.getInt(reference, 16)).isEqualTo(0x1112_1314);
    }

    @Test
    void shouldTouchNothingBeyondItsPages() {
        final Arena arena = new Arena();
        final int first = arena.allocate(Arena.RECORD_LENGTH_MAX);
        final int page = arena.offset(first);

        for (final int at : new int[] {-page - 1, Arena.PAGE_LENGTH - page, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertBeyond(() -> arena.getLong(first, at), () -> arena.putLong(first, at, 1));
            assertBeyond(() -> arena.getInt(first, at), () -> arena.putInt(first, at, 1));
            assertBeyond(() -> arena.getShort(first, at), () -> arena.putShort(first, at, (short) 1));
        }
        final int end = Arena.PAGE_LENGTH - page;
        assertBeyond(() -> arena.getLong(first, end - 7), () -> arena.putLong(first, end - 7, 1));
        assertBeyond(() -> arena.getInt(first, end - 3), () -> arena.putInt(first, end - 3, 1));
        assertBeyond(() -> arena.getShort(first, end - 1), () -> arena.putShort(first, end - 1, (short) 1));
        arena.putLong(first, end - 8, 1);
        arena.putInt(first, end - 4, 1);
        arena.putShort(first, end - 2, (short) 1);
        for (final int unknown : new int[] {1 << 12, 100 << 12, -1}) {
            assertBeyond(() -> arena.getInt(unknown, 0), () -> arena.putInt(unknown, 0, 1));
        }

        arena.release();

        assertBeyond(() -> arena.getInt(first, 0), () -> arena.putInt(first, 0, 1));
    }

    private static void assertBeyond(final ThrowingCallable... accesses) {
        for (final ThrowingCallable each : accesses) {
            assertThatThrownBy(each).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void shouldTakeNoSlabOfTheHeap() {
        final Arena arena = new Arena(() -> ByteBuffer.allocate(2 * Arena.PAGE_LENGTH));

        assertThatThrownBy(() -> arena.allocate(1)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void shouldTakeSlabsAsTheyComeAndHandOutTablesOfZeros() {
        final List<ByteBuffer> given = new ArrayList<>();
        final Arena arena = new Arena(() -> {
            given.add(ByteBuffer.allocateDirect((1 + given.size() % 3) * Arena.PAGE_LENGTH + Arena.LINE_LENGTH));
            return given.get(given.size() - 1);
        });
        for (int i = 0; i < 9 * 128 - 1; i++) {
            arena.allocate(Arena.RECORD_LENGTH_MAX);
        }
        assertThat(given).hasSize(5);
        final Set<Integer> tables = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            final int table = arena.allocateTable();
            assertThat(tables.add(table)).isTrue();
            assertThat(isZero(arena, table)).isTrue();
            arena.page(table).setMemory(arena.offset(table), Arena.TABLE_LENGTH, (byte) -1);
        }
        for (final int table : tables) {
            arena.free(table);
            assertThat(arena.allocateTable()).isEqualTo(table);
            assertThat(isZero(arena, table)).isTrue();
        }
    }

    @Test
    void shouldMakeSlabsThatGrowUntilTheyAreLarge() {
        final SlabSource source = SlabSource.growing();
        long given = 0;
        int least = Arena.PAGE_LENGTH;
        while (given < 1L << Integer.SIZE - 1) {
            final ByteBuffer slab = source.next();
            assertThat(slab.capacity()).isBetween(least, SlabSource.LARGE);
            least = slab.capacity();
            given += least;
            BufferUtil.free(slab);
        }
        assertThat(source.next().capacity()).isEqualTo(SlabSource.LARGE);
    }

    private static boolean isZero(final Arena arena, final int table) {
        for (int i = 0; i < Arena.TABLE_LENGTH; i++) {
            if (arena.page(table).getByte(arena.offset(table) + i) != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldGiveMemoryBackAtOnce() {
        final int records = 16 * 1024 * 1024 / Arena.RECORD_LENGTH_MAX;
        final Arena arena = new Arena();
        for (int i = 0; i < records; i++) {
            arena.allocate(Arena.RECORD_LENGTH_MAX);
        }
        final long before = directBytes();

        arena.release();

        assertThat(directBytes()).isLessThanOrEqualTo(before - (long) records * Arena.RECORD_LENGTH_MAX);
        assertThat(arena.usedBytes()).isZero();
        assertThat(arena.allocate(1)).isNotEqualTo(Arena.NONE);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static void assertWhole(final Arena arena, final int[] record) {
        final UnsafeBuffer page = arena.page(record[0]);
        final int offset = arena.offset(record[0]);
        for (int i = 0; i < record[1]; i++) {
            if (page.getByte(offset + i) != (byte) record[0]) {
                throw new AssertionError("record " + record[0] + " was written over at " + i);
            }
        }
    }
}
