package io.holdfast.perf.jmh;

import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A journal on a real disk, with records as long as those of a hold. One operation is a whole batch. A journal that
 * has grown large is deleted, and another one begun.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JournalBenchmark {
    /** A batch, durable when it ends. */
    @State(Scope.Thread)
    public static class Durable {
        /** Of a hold's record: command and event. */
        static final int PAYLOAD_LENGTH = 384;

        private static final long JOURNAL_LENGTH_MAX = 1L << 30;

        @Param({"1", "8", "32", "128", "1024"})
        public int batch;

        private final byte[] payload = new byte[PAYLOAD_LENGTH];

        private WorkDirectory directory;
        private Journal journal;
        private long sequence;
        private long batches;
        private long syncsBefore;

        @Setup(Level.Trial)
        public void open() throws IOException {
            new SplittableRandom(17).nextBytes(payload);
            directory = WorkDirectory.make();
            journal = Journal.open(config(directory.path()), files());
            journal.start();
            sequence = 0;
            batches = 0;
            syncsBefore = journal.syncs();
        }

        JournalConfig config(final Path data) {
            return JournalConfig.defaults(data);
        }

        JournalFiles files() {
            return JournalFiles.real();
        }

        /** Segments are made ahead in the background, and what writes without a break can be faster than that. */
        @Setup(Level.Invocation)
        public void awaitRoom() throws IOException {
            if (journal.durablePosition() > JOURNAL_LENGTH_MAX) {
                close();
                open();
            }
            while (!journal.hasRoom()) {
                Thread.yield();
            }
        }

        final void append() {
            for (int i = 0; i < batch; i++) {
                final int offset = journal.claim(PAYLOAD_LENGTH);
                if (offset == Journal.NO_ROOM) {
                    throw new IllegalStateException(batch + " records are more than a batch");
                }
                journal.buffer().putBytes(offset, payload);
                journal.endRecord(++sequence, sequence, PAYLOAD_LENGTH);
            }
        }

        final long commit() {
            journal.commit();
            batches++;
            return journal.durablePosition();
        }

        /** Throws unless each batch was written by itself and all records are durable. */
        @TearDown(Level.Trial)
        public void close() throws IOException {
            final long syncs = journal.syncs() - syncsBefore;
            final long durable = journal.durableSequence();
            journal.close();
            directory.close();
            if (syncs != batches || durable != batches * batch) {
                throw new IllegalStateException(syncs + " syncs and " + durable + " durable records, not " + batches
                        + " of " + batch + " each");
            }
        }
    }

    /** The same on a file system that leaves the sync out. */
    public static class Written extends Durable {
        @Override
        JournalFiles files() {
            return new UnsyncedFiles();
        }
    }

    /** A batch that is committed after it was measured: what the records cost in memory, the checksum apart. */
    public static class Gathered extends Written {
        @TearDown(Level.Invocation)
        public void commitUnmeasured() {
            commit();
        }
    }

    @Benchmark
    public long sync(final Durable journal) {
        journal.append();
        return journal.commit();
    }

    @Benchmark
    public long write(final Written journal) {
        journal.append();
        return journal.commit();
    }

    @Benchmark
    public void append(final Gathered journal) {
        journal.append();
    }
}
