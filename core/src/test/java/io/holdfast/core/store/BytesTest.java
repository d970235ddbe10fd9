package io.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Comparison and hashing of byte ranges, byte by byte. */
class BytesTest {
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
}
