package io.holdfast.perf.followers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkspaceTest {
    @TempDir
    private Path directory;

    @Test
    void shouldEndTheLastFirstAndDeleteWhenClosedTwice() throws IOException {
        final List<String> ended = new ArrayList<>();
        final Workspace workspace = Workspace.create(Optional.of(directory.resolve("made/for/it")));
        Files.writeString(workspace.home().resolve("file"), "what a measurement leaves");
        workspace.<AutoCloseable>own(() -> ended.add("first"));
        workspace.<AutoCloseable>own(() -> ended.add("second"));

        workspace.close();
        workspace.close();

        assertThat(ended).containsExactly("second", "first");
        assertThat(workspace.home()).doesNotExist();
        assertThat(workspace.home().getParent()).isEmptyDirectory();
    }

    @Test
    void shouldEndTheOthersAndDeleteWhenOneDoesNotEnd() throws IOException {
        final List<String> ended = new ArrayList<>();
        final Workspace workspace = Workspace.create(Optional.of(directory));
        workspace.<AutoCloseable>own(() -> ended.add("first"));
        workspace.<AutoCloseable>own(() -> {
            throw new IOException("it goes on");
        });

        assertThatThrownBy(workspace::close).hasMessageContaining("it goes on");

        assertThat(ended).containsExactly("first");
        assertThat(workspace.home()).doesNotExist();
    }
}
