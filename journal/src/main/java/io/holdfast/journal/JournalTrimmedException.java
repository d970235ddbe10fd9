package io.holdfast.journal;

import java.nio.file.Path;

/** History does not reach back to the position: the segments that held it were taken away. */
public final class JournalTrimmedException extends JournalRefusedException {
    private static final long serialVersionUID = 1L;

    JournalTrimmedException(final Path file, final long position, final long oldest) {
        super(
                file,
                0,
                "position " + position + " is before the oldest one kept, " + oldest,
                "begin from a newer snapshot");
    }
}
