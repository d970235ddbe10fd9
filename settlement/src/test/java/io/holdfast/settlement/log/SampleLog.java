package io.holdfast.settlement.log;

import io.holdfast.core.Command;
import io.holdfast.core.CoreDriver;
import io.holdfast.core.JournalRecord;
import io.holdfast.core.StateMachine;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;

/**
 * A log with a history of the test's own making: commands in the words of {@link Command}, decided by a real core into a
 * real journal.
 *
 * <pre>{@code
 *   try (SampleLog sample = SampleLog.create(directory)) {
 *       sample.run("create berlin GA=5@4500 EUR", "place h1 berlin alice GA:2 key=k1", "pay p1 h1 9000 EUR")
 *             .pass(400_000)           // what is due by then has expired
 *             .snapshot();
 *       follow(sample.log());
 *   }
 * }</pre>
 *
 * <p>Each {@link #run} is one batch and durable on return. One thread writes, the test's; the log may be followed by others
 * meanwhile. After {@link #restart} and {@link #trim} there is a new {@link #log}; readers of the old one are at an end.
 */
public final class SampleLog implements AutoCloseable {
    /** Bytes of a segment, unless the test says otherwise: about 4,000 records. */
    public static final int SEGMENT_LENGTH = 1024 * 1024;

    private static final int BATCH_LENGTH_MAX = 128 * 1024;

    private final Path data;
    private final JournalConfig config;

    private CoreDriver driver;
    private Journal journal;
    private JournalLog log;

    private SampleLog(final Path data, final int segmentLength) {
        this.data = data;
        this.config = new JournalConfig(data, segmentLength, BATCH_LENGTH_MAX, 0);
        open();
    }

    /** A new log in an empty directory, and the start of a server in it. */
    public static SampleLog create(final Path data) {
        return create(data, SEGMENT_LENGTH);
    }

    /** A new log of segments of that length, a multiple of 4 KiB from 256 KiB on. */
    public static SampleLog create(final Path data, final int segmentLength) {
        return new SampleLog(data, segmentLength);
    }

    /** The log that is in a directory already, a copy for instance. */
    public static SampleLog open(final Path data) {
        return new SampleLog(data, SEGMENT_LENGTH);
    }

    /** The id of the hold that commands name {@code h<number>}. */
    public static UUID hold(final long number) {
        return new UUID(Command.HOLD_MOST, number);
    }

    private void open() {
        journal = Journal.open(config, JournalFiles.real());
        log = new JournalLog(journal, data, JournalFiles.real());
        if (driver == null) {
            drive(recover());
        }
        journal.start();
        run("start " + journal.recovery().epoch());
    }

    private void drive(final StateMachine core) {
        driver = new CoreDriver(core).journalTo(this::append);
    }

    private StateMachine recover() {
        final StateMachine core = new StateMachine(42);
        final Optional<LogSnapshot> snapshot = log.newestSnapshot();
        snapshot.ifPresent(newest -> newest.read(core::loadEntry));
        final JournalRecord record = new JournalRecord();
        final long from = snapshot.map(LogSnapshot::position).orElse(CommittedLog.BEGINNING);
        journal.replay(from, (position, sequence, timeMs, buffer, offset, length) -> {
            for (record.wrap(buffer, offset, length); record.nextEvent(); ) {
                core.apply(sequence, timeMs, buffer, record.eventOffset(), record.eventLength());
            }
            core.applied(sequence, timeMs);
        });
        return core;
    }

    private void append(final long sequence, final long timeMs, final UnsafeBuffer record, final int length) {
        int offset = claim(length);
        if (offset == Journal.NO_ROOM) {
            journal.commit();
            offset = claim(length);
        }
        journal.buffer().putBytes(offset, record, 0, length);
        journal.endRecord(sequence, timeMs, length);
    }

    private int claim(final int length) {
        if (journal.pendingRecords() == 0 && !journal.hasRoom()) {
            Awaitility.await().until(journal::hasRoom);
        }
        return journal.claim(length);
    }

    /** Decides commands and commits them as one batch. */
    public SampleLog run(final String... commands) {
        for (final String command : commands) {
            add(Command.of(command));
        }
        return commit();
    }

    /** Decides a command, without a commit yet unless the batch is full: for histories of millions. */
    public SampleLog add(final Command command) {
        driver.decide(command);
        return this;
    }

    /** Makes durable what was added. */
    public SampleLog commit() {
        journal.commit();
        return this;
    }

    /** Lets logical time pass; what is due by then has opened, closed or expired, as one batch. */
    public SampleLog pass(final long ms) {
        driver.advance(ms);
        while (driver.core().nextDueAtMs() <= driver.timeMs()) {
            add(new Command(Command.Kind.IDLE));
        }
        return commit();
    }

    /** Commits, and writes a snapshot as of the last command. */
    public SampleLog snapshot() {
        commit();
        final StateMachine core = driver.core();
        final SnapshotMeta meta = new SnapshotMeta(
                journal.recovery().journalId(),
                core.sequence(),
                journal.durablePosition(),
                core.timeMs(),
                core.rules().version(),
                core.stateHash());
        SnapshotStore.open(data, JournalFiles.real()).write(meta, chunks -> core.snapshot(chunks::onChunk));
        return this;
    }

    /** Stops cleanly and starts again. */
    public SampleLog restart() {
        journal.close();
        open();
        return this;
    }

    /** Lets the sequence of the next command be the one behind this, as after a lost tail. */
    public SampleLog skipTo(final long sequence) {
        commit();
        final StateMachine core = driver.core();
        core.applied(sequence, driver.timeMs());
        drive(core);
        return this;
    }

    /** Copies what is committed to an empty directory, for another log of the same identity. */
    public SampleLog copyTo(final Path target) {
        commit();
        try {
            copy(data, target);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** All but what is being made: it may have another name by the time that it is looked at. */
    private static void copy(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from)) {
            for (final Path entry : entries.toList()) {
                final Path copy = to.resolve(entry.getFileName());
                if (Files.isDirectory(entry)) {
                    copy(entry, copy);
                } else if (!entry.toString().endsWith(".tmp")) {
                    Files.copy(entry, copy);
                }
            }
        }
    }

    /**
     * Stops, deletes all segments but those from the position on, and starts again.
     *
     * @return how many segments were deleted
     */
    public int trim(final long belowPosition) {
        journal.close();
        final List<Path> old = segments().stream()
                .filter(path -> base(path) + config.segmentLength() <= belowPosition)
                .toList();
        try {
            for (final Path path : old) {
                Files.delete(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        open();
        return old.size();
    }

    private List<Path> segments() {
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            return files.filter(path -> path.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long base(final Path segment) {
        return Long.parseLong(segment.getFileName().toString().replace(".log", ""));
    }

    /** What followers follow. */
    public CommittedLog log() {
        return log;
    }

    /** The core that decided it all: to ask what should be true. */
    public CoreDriver driver() {
        return driver;
    }

    public Journal journal() {
        return journal;
    }

    public Path data() {
        return data;
    }

    @Override
    public void close() {
        journal.close();
    }
}
