package io.holdfast.gateway.audit;

import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.JournalReader;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What there is of a journal to read, without its lock: the segments that are kept, those of an archive before them, and
 * where history begins later than the journal did, the snapshots.
 */
public final class History {
    private final Path dataDirectory;
    private final Optional<Path> archiveDirectory;
    private final Progress progress;
    private final Consumer<String> say;

    /**
     * Reads nothing yet.
     *
     * @param archiveDirectory where the server moved old segments to; empty for none
     * @param say told what the reader of the result should know
     */
    public History(
            final Path dataDirectory,
            final Optional<Path> archiveDirectory,
            final Progress progress,
            final Consumer<String> say) {
        this.dataDirectory = Objects.requireNonNull(dataDirectory, "dataDirectory");
        this.archiveDirectory = Objects.requireNonNull(archiveDirectory, "archiveDirectory");
        this.progress = Objects.requireNonNull(progress, "progress");
        this.say = Objects.requireNonNull(say, "say");
    }

    /**
     * Opens it from the oldest record that there is.
     *
     * @throws JournalRefusedException when there is none, or its beginning is damaged
     */
    public JournalScan openOldest() {
        return new JournalScan(reader(JournalReader.OLDEST), progress);
    }

    /**
     * Opens it for a tool that needs the state: from the first record ever, or, where that was trimmed, from behind the
     * oldest snapshot that can be used, which the tool is given first.
     *
     * @param until what the tool wants to see, at the latest
     * @throws JournalRefusedException when no state can be reached that is as old as this
     */
    JournalScan open(final SnapshotTaker taker, final Moment until) {
        final JournalScan oldest = openOldest();
        final long begin = oldest.stat().firstPosition();
        if (begin == 0) {
            return oldest;
        }
        try (oldest) {
            return openBehindSnapshot(taker, until, begin, oldest);
        }
    }

    private JournalScan openBehindSnapshot(
            final SnapshotTaker taker, final Moment until, final long begin, final JournalScan oldest) {
        final SnapshotStore store = SnapshotStore.open(dataDirectory, JournalFiles.real());
        final List<SnapshotMeta> metas = new ArrayList<>(store.list());
        Collections.reverse(metas);
        for (final SnapshotMeta meta : metas) {
            if (meta.position() < begin
                    || !meta.journalId().equals(oldest.stat().journalId())) {
                continue; // of no use to this journal as it is
            }
            if (until.isBefore(meta.sequence(), meta.timeMs())) {
                throw refusal("the oldest state that can be reached is that of " + words(meta)
                        + ", which is later than what was asked for");
            }
            if (isTaken(store, meta, taker)) {
                say.accept("history begins at position " + begin + ": went on from the snapshot of " + words(meta));
                return new JournalScan(reader(meta.position()), progress);
            }
        }
        throw refusal("history before position " + begin + " was trimmed, and there is no snapshot to go on from");
    }

    private boolean isTaken(final SnapshotStore store, final SnapshotMeta meta, final SnapshotTaker taker) {
        try {
            taker.beginSnapshot();
            store.read(meta, taker::takeEntry);
            taker.endSnapshot();
            return true;
        } catch (final RuntimeException e) {
            // Whatever a tool makes of content that it cannot make sense of, it begins anew with the next one.
            say.accept("the snapshot of " + words(meta) + " is passed over: " + e.getMessage());
            return false;
        }
    }

    private static String words(final SnapshotMeta meta) {
        return "sequence " + meta.sequence() + ", " + Instant.ofEpochMilli(meta.timeMs());
    }

    private JournalRefusedException refusal(final String what) {
        return new JournalRefusedException(
                dataDirectory.resolve("journal"),
                0,
                what,
                "ask for a later moment"
                        + (archiveDirectory.isEmpty()
                                ? ", or name with --archive-dir where old segments were moved to"
                                : ""));
    }

    private JournalReader reader(final long position) {
        return JournalReader.open(dataDirectory, archiveDirectory, JournalFiles.real(), position);
    }
}
