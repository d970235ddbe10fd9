package io.holdfast.journal;

import java.nio.file.Path;

/** Says no to files of a format that this binary does not know. */
final class NewerFormat {
    private NewerFormat() {}

    static JournalRefusedException refusal(
            final Path file, final long offset, final int version, final int versionMax) {
        return new JournalRefusedException(
                file,
                offset,
                "format version " + version + ", this binary reads 1 to " + versionMax,
                "use the binary that wrote it, or a newer one");
    }
}
