package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinaryCacheTest {
    @TempDir
    private Path root;

    @Test
    void shouldAgreeOnOneWhenTwoUnpackAtOnce() throws Exception {
        final CyclicBarrier both = new CyclicBarrier(2);
        final BinaryCache.Unpacking unpacking = directory -> {
            Files.writeString(directory.resolve("program"), "content");
            awaitBoth(both);
        };

        final CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> unpack(unpacking));
        final Path second = unpack(unpacking);

        assertThat(first.join()).isEqualTo(second);
        assertThat(second.resolve("program")).hasContent("content");
        assertThat(root).isDirectoryContaining(second::equals);
        assertThat(Files.list(root)).hasSize(1);
    }

    @Test
    void shouldUnpackAgainWhenFirstTimeFailed() {
        assertThatThrownBy(() -> new BinaryCache(root).directory("program-1", directory -> {
                    Files.writeString(directory.resolve("program"), "con");
                    throw new IOException("disk full");
                }))
                .hasMessageContaining("disk full");

        final Path unpacked = unpack(directory -> Files.writeString(directory.resolve("program"), "content"));

        assertThat(unpacked.resolve("program")).hasContent("content");
    }

    @Test
    void shouldNotUnpackWhenItIsThere() {
        final Path unpacked = unpack(directory -> Files.writeString(directory.resolve("program"), "content"));

        assertThat(unpack(directory -> {
                    throw new IOException("unpacked again");
                }))
                .isEqualTo(unpacked);
    }

    @Test
    void shouldSayWhatToDoWhenItCannotBeWritten() throws IOException {
        final Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> new BinaryCache(file).directory("program-1", directory -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("XDG_CACHE_HOME");
    }

    private Path unpack(final BinaryCache.Unpacking unpacking) {
        try {
            return new BinaryCache(root).directory("program-1", unpacking);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitBoth(final CyclicBarrier both) {
        try {
            both.await();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }
}
