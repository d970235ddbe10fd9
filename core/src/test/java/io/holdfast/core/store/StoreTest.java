package io.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Seeds;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The containers of the state against those of the JDK, at random. */
class StoreTest {
    /** An index of numbers by a hash that the test can make as bad as it likes. */
    private static class Numbers extends RefIndex {
        private final int hashBits;
        private final Map<Integer, Long> named = new HashMap<>();
        private long wanted;
        private int compared;

        private Numbers(final int hashBits) {
            this(hashBits, new Arena());
        }

        private Numbers(final int hashBits, final Arena arena) {
            super(arena);
            this.hashBits = hashBits;
        }

        private long hash(final long name) {
            return hashBits == 64
                    ? Bytes.hash(5, name, 0)
                    : Bytes.hash(5, name, 0) & ((1L << hashBits) - 1) * 0x0100_0000_0000_0001L;
        }

        int find(final int name) {
            wanted = name;
            return find(hash((long) name));
        }

        void add(final int name, final int reference) {
            named.put(reference, (long) name);
            insert(hash(name), reference);
        }

        void remove(final int name, final int reference) {
            delete(hash(name), reference);
            named.remove(reference);
        }

        long nameOf(final int reference) {
            return named.get(reference);
        }

        @Override
        protected boolean matches(final int reference) {
            compared++;
            return named.get(reference) == wanted;
        }
    }

    @Test
    void shouldFindWhatAMapFindsThoughHashesCollide() {
        final long seed = Seeds.next("RefIndex");
        for (final int hashBits : new int[] {64, 8, 3, 0}) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Numbers index = new Numbers(hashBits);
            final Map<Integer, Integer> expected = new HashMap<>();
            final int names = hashBits == 64 ? 20_000 : 300;
            for (int i = 0; i < 100_000; i++) {
                final int name = random.nextInt(names);
                final Integer known = expected.get(name);
                assertThat(index.find(name)).isEqualTo(known == null ? Arena.NONE : known);
                if (known == null) {
                    final int reference = (random.nextBoolean() ? 1 << 31 : 0) | (i + 1);
                    index.add(name, reference);
                    expected.put(name, reference);
                } else if (random.nextInt(3) > 0) {
                    index.remove(name, known);
                    expected.remove(name);
                }
                assertThat(index.size()).isEqualTo(expected.size());
            }
            expected.forEach((name, reference) -> assertThat(index.find(name)).isEqualTo(reference));
        }
    }

    /** Names are their own hashes here, so that tags agree in as many of their first bits as the test likes. */
    private static final class Tags extends RefIndex {
        private Tags() {
            super(new Arena());
        }

        @Override
        protected boolean matches(final int reference) {
            return true;
        }
    }

    @Test
    void shouldSplitUnevenlyWhereFirstBitsOfTagsAgree() {
        final Tags index = new Tags();
        final SplittableRandom random = new SplittableRandom(8);
        final List<Long> tags = new ArrayList<>();
        for (int bits = 0; bits <= 20; bits++) {
            final long prefix = bits == 0 ? 0 : 0xABCDE << 12 >>> Integer.SIZE - bits << Integer.SIZE - bits;
            for (int i = 0; i < 1_000; i++) {
                tags.add((prefix | random.nextInt() >>> bits) & 0xFFFF_FFFFL);
            }
        }
        final List<Long> distinct = tags.stream().distinct().toList();

        distinct.forEach(tag -> index.insert(tag, (int) (tag + 1)));

        assertThat(index.size()).isEqualTo(distinct.size());
        distinct.forEach(tag -> assertThat(index.find(tag)).isEqualTo((int) (tag + 1)));
        distinct.forEach(tag -> index.delete(tag, (int) (tag + 1)));
        distinct.forEach(tag -> assertThat(index.find(tag)).isEqualTo(Arena.NONE));
    }

    @Test
    void shouldRefuseMoreOfOneTagThanATableHolds() {
        final Tags index = new Tags();
        for (int i = 1; i < 4_096; i++) {
            index.insert(77, i);
        }

        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(() -> index.insert(77, 4_096)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(index.size()).isEqualTo(4_095);
        assertThat(index.find(78)).isEqualTo(Arena.NONE);
        for (int i = 1; i < 4_096; i++) {
            index.delete(77, i);
        }
        assertThat(index.find(77)).isEqualTo(Arena.NONE);
    }

    @Test
    void shouldSplitTablesThatAreTooFullWhileFilledInBulk() {
        final Tags index = new Tags();
        final SplittableRandom random = new SplittableRandom(9);
        final Set<Integer> tags = new HashSet<>();
        while (tags.size() < 8_000) {
            tags.add(tags.size() < 4_000 ? random.nextInt() >>> 8 : random.nextInt());
        }
        index.beginBulk();
        tags.forEach(tag -> index.insert(tag, tag | 1));
        index.endBulk();
        while (tags.size() < 40_000) {
            final int tag = random.nextInt();
            if (tags.add(tag)) {
                index.insert(tag, tag | 1);
            }
        }

        assertThat(index.size()).isEqualTo(tags.size());
        tags.forEach(tag -> assertThat(index.find(tag)).isEqualTo(tag | 1));
        tags.forEach(tag -> index.delete(tag, tag | 1));
        assertThat(index.size()).isZero();
    }

    @Test
    void shouldFindEverythingThoughThereWasNoMemoryForAnotherTable() {
        for (int slabs = 1; slabs <= 11; slabs++) {
            final int most = slabs;
            final List<ByteBuffer> given = new ArrayList<>();
            final Numbers index = new Numbers(64, new Arena(() -> {
                if (given.size() == most) {
                    throw new OutOfMemoryError("as the test will have it");
                }
                given.add(ByteBuffer.allocateDirect(Arena.PAGE_LENGTH + Arena.LINE_LENGTH));
                return given.get(given.size() - 1);
            }));
            int count = 0;
            try {
                for (; ; count++) {
                    index.add(count, count + 1);
                }
            } catch (final OutOfMemoryError e) {
                assertThat(e).hasMessage("as the test will have it");
            }

            assertThat(index.size()).isEqualTo(count);
            for (int name = 0; name < count; name++) {
                assertThat(index.find(name)).isEqualTo(name + 1);
            }
        }
    }

    @Test
    void shouldFindWhatWasFilledInBulkAndGoOnFromThere() {
        for (final int count : new int[] {0, 1, 2_000, 3_000, 70_000, 600_000}) {
            final Numbers index = new Numbers(64);
            index.beginBulk();
            for (int name = 0; name < count; name++) {
                index.add(name, name + 1);
            }
            index.endBulk();
            assertThat(index.size()).isEqualTo(count);
            for (int name = 0; name < count; name += 7) {
                index.remove(name, name + 1);
            }
            for (int name = count; name < count + 5_000; name++) {
                index.add(name, name + 1);
            }
            for (int name = 0; name < count + 10_000; name++) {
                final boolean isThere = name < count ? name % 7 != 0 : name < count + 5_000;
                assertThat(index.find(name)).isEqualTo(isThere ? name + 1 : Arena.NONE);
            }
            assertThatThrownBy(index::beginBulk).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldRefuseInBulkWhatIsThereTwice() {
        final Numbers index = new Numbers(64) {
            @Override
            protected boolean isSame(final int reference, final int other) {
                return nameOf(reference) == nameOf(other);
            }
        };
        index.beginBulk();
        for (int name = 0; name < 10_000; name++) {
            index.add(name, name + 1);
        }
        index.add(4_711, 10_001);

        assertThatThrownBy(index::endBulk)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was there already");
    }

    @Test
    void shouldUseAgainWhatPilesAndSplitTablesTook() {
        final Arena bulkArena = new Arena();
        final Numbers bulk = new Numbers(64, bulkArena);
        bulk.beginBulk();
        for (int name = 0; name < 500_000; name++) {
            bulk.add(name, name + 1);
        }
        bulk.endBulk();
        final Arena arena = new Arena();
        final Numbers oneByOne = new Numbers(64, arena);
        for (int name = 0; name < 500_000; name++) {
            oneByOne.add(name, name + 1);
        }

        // A table is filled to 7 tenths at most, and to half of that at least.
        assertThat(bulkArena.usedBytes()).isBetween(500_000L * 8 * 10 / 7, 500_000L * 8 * 20 / 7 + Arena.TABLE_LENGTH);
        assertThat(arena.usedBytes()).isBetween(500_000L * 8 * 10 / 7, 500_000L * 8 * 20 / 7 + Arena.TABLE_LENGTH);
    }

    @Test
    void shouldCompareAlmostOnlyWhatIsMeant() {
        final Numbers index = new Numbers(64);
        for (int name = 0; name < 100_000; name++) {
            index.add(name, name + 1);
        }
        for (int name = 0; name < 200_000; name++) {
            index.find(name);
        }
        assertThat(index.compared).isBetween(100_000, 101_000);
        assertThatThrownBy(() -> index.remove(200_000, 5)).isInstanceOf(IllegalStateException.class);
    }

    /** In arrays that end where the bytes end, at every distance from a word's border. */
    @Test
    void shouldTellBytesApartByEachOfThemAndByNothingElse() {
        final SplittableRandom random = new SplittableRandom(3);
        for (int length = 0; length <= 40; length++) {
            for (int shift = 0; shift < Long.BYTES; shift++) {
                final byte[] bytes = new byte[shift + length];
                random.nextBytes(bytes);
                final UnsafeBuffer a = new UnsafeBuffer(bytes);
                final byte[] copy = Arrays.copyOfRange(bytes, shift, shift + length);
                final UnsafeBuffer b = new UnsafeBuffer(copy);
                final long hash = Bytes.hash(5, a, shift, length);
                assertThat(Bytes.equal(a, shift, b, 0, length)).isTrue();
                assertThat(Bytes.hash(5, b, 0, length)).isEqualTo(hash);
                for (int bit = 0; bit < length * Byte.SIZE; bit++) {
                    copy[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                    assertThat(Bytes.equal(a, shift, b, 0, length))
                            .as("bit %d of %d bytes", bit, length)
                            .isFalse();
                    assertThat(Bytes.hash(5, b, 0, length)).isNotEqualTo(hash);
                    copy[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                }
            }
        }
    }

    /** Names that differ in one byte at one place, as a client would pick them that aims at a weak hash. */
    @Test
    void shouldSpreadNamesThatAreAlmostAlike() {
        for (final long hashSeed : new long[] {0, 1, -1, 0x1234_5678_9ABC_DEF0L}) {
            final Set<Integer> tags = new HashSet<>();
            final int[] firstBits = new int[256];
            final UnsafeBuffer name = new UnsafeBuffer(new byte[64]);
            int count = 0;
            for (int length = 1; length <= 64; length++) {
                for (int place = 0; place < length; place++) {
                    for (int value = 1; value < 128; value += 7) {
                        name.setMemory(0, 64, (byte) 0);
                        name.putByte(place, (byte) value);
                        final long hash = Bytes.hash(hashSeed, name, 0, length);
                        tags.add((int) hash);
                        firstBits[(int) hash >>> 24]++;
                        count++;
                    }
                }
            }
            assertThat(tags.size()).isGreaterThan(count - 3);
            for (final int size : firstBits) {
                assertThat(size).isBetween(count / 256 / 2, count / 256 * 2);
            }
        }
    }

    @Test
    void shouldHashTheSameBytesAlikeWhereverTheyStand() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[200]);
        buffer.putStringWithoutLengthAscii(3, "a-name-of-23-characters");
        buffer.putStringWithoutLengthAscii(77, "a-name-of-23-characters");
        assertThat(Bytes.hash(9, buffer, 3, 23)).isEqualTo(Bytes.hash(9, buffer, 77, 23));
        assertThat(Bytes.hash(9, buffer, 3, 23)).isNotEqualTo(Bytes.hash(8, buffer, 3, 23));
        assertThat(Bytes.equal(buffer, 3, buffer, 77, 23)).isTrue();
        for (int place = 0; place < 23; place++) {
            buffer.putByte(77 + place, (byte) (buffer.getByte(77 + place) ^ 1));
            assertThat(Bytes.equal(buffer, 3, buffer, 77, 23)).isFalse();
            buffer.putByte(77 + place, (byte) (buffer.getByte(77 + place) ^ 1));
        }
    }

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
