package io.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The index against a map, with hashes as bad as they come, by splits and in bulk. */
class RefIndexTest {
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
}
