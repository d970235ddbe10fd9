package io.holdfast.settlement.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Command;
import io.holdfast.core.StateMachine;
import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.Retention;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.follow.FollowerThread;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.SampleLog;
import io.holdfast.settlement.log.UncheckedLogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots by count, on demand and at the end, over a real journal and the real core; and what retention leaves. */
class SnapshotFollowerTest {
    private static final SnapshotPolicy NEVER = new SnapshotPolicy(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final long ALL_BYTES = Long.MAX_VALUE / 2;

    @TempDir
    private Path data;

    private final FaultyFiles files = new FaultyFiles(JournalFiles.real());
    private SampleLog sample;
    private SnapshotFollower follower;
    private int holds;

    @BeforeEach
    void openDrop() {
        sample = SampleLog.create(data, 256 * 1024).run("create berlin GA=100000@4500 EUR");
        follower = follower(NEVER, ALL_BYTES);
    }

    @AfterEach
    void close() {
        follower.close();
        sample.close();
    }

    private SnapshotFollower follower(final SnapshotPolicy policy, final long retainBytes) {
        return new SnapshotFollower(
                sample.log(), data, files, policy, new Retention(sample.journal(), retainBytes, Optional.empty()), 99);
    }

    /** A hold, paid or released or left to expire, each with a record of its own. */
    private void sell(final int count) {
        for (int i = 0; i < count; i++) {
            final int hold = ++holds;
            sample.driver().advance(1_000);
            sample.add(Command.of("place h" + hold + " berlin buyer-" + hold % 7 + " GA:1 key=k" + hold));
            if (hold % 3 != 0) {
                sample.add(Command.of(hold % 3 == 1 ? "pay p" + hold + " h" + hold + " 4500 EUR" : "release h" + hold));
            }
        }
        sample.commit();
    }

    /** Steps until there is no more to do. */
    private void follow() throws Exception {
        int steps = 0;
        while (follower.step()) {
            assertThat(++steps).isLessThan(100_000);
        }
    }

    private List<SnapshotMeta> stored() {
        return SnapshotStore.open(data, JournalFiles.real()).list();
    }

    private List<String> temporaries() throws IOException {
        try (Stream<Path> names = Files.list(data.resolve("snapshots"))) {
            return names.map(Path::toString)
                    .filter(name -> name.endsWith(".tmp"))
                    .toList();
        }
    }

    private void thenRecoversTheSame() {
        final StateMachine core = sample.driver().core();
        final StateMachine recovered = new StateRecovery(sample.log(), 5, count -> {}).recover();
        assertThat(recovered.sequence()).isEqualTo(core.sequence());
        assertThat(recovered.stateHash()).isEqualTo(core.stateHash());
    }

    @Test
    void shouldWriteASnapshotEverySoManyRecordsAndKeepTwo() throws Exception {
        follower = follower(new SnapshotPolicy(40, Long.MAX_VALUE), ALL_BYTES);
        for (int i = 0; i < 5; i++) {
            sell(30);
            follow();
        }

        assertThat(follower.snapshotCount()).isEqualTo(5);
        assertThat(stored()).hasSize(2);
        assertThat(stored().get(0)).isEqualTo(follower.newest().orElseThrow());
        assertThat(stored().get(0).stateHash()).isEqualTo(sample.driver().core().stateHash());
        assertThat(follower.status().sequence()).isEqualTo(sample.log().endSequence());
        assertThat(follower.status().condition()).isEqualTo(Condition.FOLLOWING);
        thenRecoversTheSame();
    }

    @Test
    void shouldWriteASnapshotEverySoManyBytes() throws Exception {
        follower = follower(new SnapshotPolicy(Long.MAX_VALUE, 8_192), ALL_BYTES);
        sell(60);
        follow();

        assertThat(follower.snapshotCount()).isEqualTo(1);
    }

    @Test
    void shouldAnswerThoseWhoAskWithOneSnapshotAndAtOnceWhenNothingIsNew() throws Exception {
        sell(20);
        final CompletableFuture<SnapshotMeta> first = follower.snapshotNow();
        final CompletableFuture<SnapshotMeta> second = follower.snapshotNow();
        assertThat(first).isNotDone();

        follow();

        assertThat(first.join()).isEqualTo(second.join()).isEqualTo(stored().get(0));
        assertThat(first.join().sequence()).isEqualTo(sample.log().endSequence());
        assertThat(follower.snapshotNow()).isCompletedWithValue(first.join());
        assertThat(follower.snapshotCount()).isEqualTo(1);
        sell(1);
        assertThat(follower.snapshotNow()).isNotDone();
        thenRecoversTheSame();
    }

    @Test
    void shouldRefuseWhoAsksWhenTooManyWait() {
        for (int i = 0; i < SnapshotRequests.WAITING_MAX; i++) {
            assertThat(follower.snapshotNow()).isNotDone();
        }

        assertThat(follower.snapshotNow()).isCompletedExceptionally();
        assertThatThrownBy(() -> follower.snapshotNow().get()).hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shouldWriteALastSnapshotWhenItEndsInOrder() throws Exception {
        final FollowerThread thread = new FollowerThread(follower, 1, failure -> {});
        thread.start();
        sell(50);
        final long end = sample.log().endSequence();

        thread.stop(30_000);

        assertThat(thread.awaitEnd(30_000)).isTrue();
        assertThat(stored().get(0).sequence()).isEqualTo(end);
        sell(1);
        assertThatThrownBy(() -> follower.snapshotNow().get()).hasMessageContaining("stops");
        sample.restart();
        sell(10);
        thenRecoversTheSame();
    }

    @Test
    void shouldGiveUpASnapshotThatTakesTooLong() throws Exception {
        sell(200);
        follow();
        final CompletableFuture<SnapshotMeta> asked = follower.snapshotNow();
        sell(1);
        final CompletableFuture<SnapshotMeta> later = follower.snapshotNow();
        // the deadline passes in the midst of the file
        files.fault((operation, path, length) -> {
            if (operation == FaultyFiles.Operation.CREATE) {
                follower.endBy(System.nanoTime());
            }
            return length;
        });

        follow();

        assertThat(asked).isNotDone();
        follower.close();
        assertThat(asked).isCompletedExceptionally();
        assertThat(later).isCompletedExceptionally();
        assertThat(stored()).isEmpty();
        assertThat(temporaries()).isEmpty();
    }

    @Test
    void shouldEndInTheMidstOfASnapshotWhenInterrupted() throws Exception {
        sell(200);
        follow();
        sell(1);
        follower.snapshotNow();
        files.fault((operation, path, length) -> {
            if (operation == FaultyFiles.Operation.CREATE) {
                Thread.currentThread().interrupt();
            }
            return length;
        });

        assertThatThrownBy(this::follow).isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isFalse();
        assertThat(stored()).isEmpty();
        assertThat(temporaries()).isEmpty();
    }

    @Test
    void shouldGoOnFollowingWhenTheDiskRefusesASnapshot() throws Exception {
        follower = follower(new SnapshotPolicy(10, Long.MAX_VALUE), ALL_BYTES);
        files.fail(FaultyFiles.Operation.WRITE, ".snap.tmp", "No space left on device");
        sell(20);
        follow();
        sell(20);
        final CompletableFuture<SnapshotMeta> asked = follower.snapshotNow();
        follow();

        assertThat(asked).isCompletedExceptionally();
        assertThat(follower.failureCount()).isEqualTo(2); // one due, one asked for; the next one due backs off
        assertThat(follower.status().isDegraded()).isTrue();
        assertThat(follower.status().detail()).contains("No space left on device");
        assertThat(follower.status().sequence()).isEqualTo(sample.log().endSequence());
        assertThat(temporaries()).isEmpty();

        files.fault(FaultyFiles.Fault.NONE);
        final CompletableFuture<SnapshotMeta> again = follower.snapshotNow();
        follow();

        assertThat(again.join().sequence()).isEqualTo(sample.log().endSequence());
        assertThat(follower.status().condition()).isEqualTo(Condition.FOLLOWING);
    }

    @Test
    void shouldHaveOldSegmentsTakenAwayAndStillLeadToTheSameState() throws Exception {
        follower = follower(new SnapshotPolicy(500, Long.MAX_VALUE), 0);
        for (int i = 0; i < 12; i++) {
            sell(300);
            follow();
        }

        final long trimmedBelow = sample.log().trimmedBelow();
        assertThat(trimmedBelow).isPositive().isLessThan(stored().get(1).position());
        assertThatThrownBy(() -> sample.log().follow(CommittedLog.BEGINNING))
                .isInstanceOf(HistoryTrimmedException.class);
        thenRecoversTheSame();

        damage(stored().get(0)); // the older one and its longer tail: all of that is still there
        sample.restart();
        thenRecoversTheSame();

        damage(stored().get(1));
        assertThatThrownBy(this::thenRecoversTheSame)
                .isInstanceOf(UncheckedLogException.class)
                .hasMessageContaining("no snapshot to begin from")
                .hasMessageContaining("wrong checksum");
    }

    /** Whole as a file, but of no use: as a newer build's is to this one. */
    private SnapshotMeta writeOneThatTheCoreRefuses() {
        final StateMachine core = sample.driver().core();
        final SnapshotMeta meta = new SnapshotMeta(
                sample.log().id(), core.sequence(), sample.journal().durablePosition(), core.timeMs(), 1, 0);
        SnapshotStore.open(data, JournalFiles.real())
                .write(meta, chunks -> chunks.onChunk(new UnsafeBuffer(new byte[64]), 0, 64));
        return meta;
    }

    @Test
    void shouldNotCountOnASnapshotThatTheCoreRefused() throws Exception {
        sell(500);
        final SnapshotMeta usable = snapshotNow();
        follower.close();
        sell(3_000);
        writeOneThatTheCoreRefuses();
        sell(500);
        sample.restart();
        follower = follower(NEVER, 0);

        final SnapshotMeta made = snapshotNow();

        assertThat(stored()).contains(usable, made);
        damage(made);
        thenRecoversTheSame(); // from the usable one: what that needs is still there
    }

    private void damage(final SnapshotMeta meta) throws IOException {
        final Path file = data.resolve(String.format("snapshots/%020d.snap", meta.sequence()));
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void shouldBeginAgainFromTheNewestSnapshotWhenItFellBelowTheOldestSegment() throws Exception {
        follower.step();
        assertThat(follower.status().sequence()).isZero();
        sell(3_000);
        sample.snapshot();
        final Retention retention = new Retention(sample.journal(), 0, Optional.empty());
        while (retention.trimOne(sample.log().snapshots().get(0).position())) {
            // all that is old
        }
        assertThat(sample.log().trimmedBelow()).isPositive();
        sell(10);

        assertThatThrownBy(this::follow)
                .isInstanceOf(FollowerException.class)
                .hasMessageContaining("before the oldest one kept");
        follow();

        assertThat(follower.status().condition()).isEqualTo(Condition.FOLLOWING);
        assertThat(follower.status().sequence()).isEqualTo(sample.log().endSequence());
        final SnapshotMeta made = snapshotNow();
        assertThat(made.stateHash()).isEqualTo(sample.driver().core().stateHash());
    }

    private SnapshotMeta snapshotNow() throws Exception {
        final CompletableFuture<SnapshotMeta> asked = follower.snapshotNow();
        follow();
        return asked.get(1, TimeUnit.SECONDS);
    }

    @Test
    void shouldGoOnFromItsOwnSnapshotAfterARestart() throws Exception {
        sell(100);
        final SnapshotMeta made = snapshotNow();
        follower.close();
        sample.restart();
        sell(10);
        follower = follower(NEVER, ALL_BYTES);

        follow();

        assertThat(follower.newest()).contains(made);
        assertThat(snapshotNow().stateHash()).isEqualTo(sample.driver().core().stateHash());
    }

    /** Sells faster than the copy follows, until it waits for the rush to pass. */
    private void rush() throws Exception {
        int rounds = 0;
        do {
            sell(300);
            assertThat(++rounds).isLessThan(200);
        } while (follower.step() || follower.status().sequence() == sample.log().endSequence());
    }

    @Test
    void shouldServeWhoAsksThoughItWaitsForARushToPass() throws Exception {
        follow();
        rush();
        final long asked = sample.log().endSequence();

        final CompletableFuture<SnapshotMeta> answer = follower.snapshotNow();
        follow();

        assertThat(answer).isCompletedWithValueMatching(meta -> meta.sequence() >= asked);
    }

    @Test
    void shouldFollowToTheEndThoughItIsToEndInARush() throws Exception {
        follow();
        rush();

        follower.endBy(System.nanoTime() + TimeUnit.SECONDS.toNanos(60));
        follow();

        assertThat(stored().get(0).sequence()).isEqualTo(sample.log().endSequence());
        thenRecoversTheSame();
    }
}
