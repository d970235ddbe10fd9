package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.MessageSink;
import io.holdfast.core.StateMachine;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalReader;
import io.holdfast.journal.SimulatedDisk;
import io.holdfast.journal.SnapshotContent;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import io.holdfast.settlement.log.JournalLog;
import io.holdfast.settlement.state.StateRecovery;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults 9 and 21: a snapshot and its tail, an older one and its longer tail, or the whole journal: one state. */
class SnapshotRecoveryTest {
    private static final Path DATA = Path.of("/data");
    private static final int TURNS = 300;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final SnapshotStore snapshots = SnapshotStore.open(DATA, disk);
    private final Random random = new Random(7);

    private long hash;
    private long sequence;

    @BeforeEach
    void sellWithASnapshotNowAndThen() throws Exception {
        final SteppedServer server = new SteppedServer(DATA, disk);
        final SteppedServer.Loop loop = server.openLoop();
        server.call(loop, false, exchange -> TestMessages.createDrop(exchange.message(), "d", 100, 60));
        for (int i = 0; i < TURNS; i++) {
            final UUID hold = new UUID(1, random.nextInt(i + 1));
            final int turn = i;
            server.call(loop, false, exchange -> switch (random.nextInt(4)) {
                case 0 -> TestMessages.releaseHold(exchange.message(), hold);
                case 1 -> TestMessages.recordPayment(exchange.message(), "payment-" + turn, hold);
                default -> TestMessages.placeHold(exchange.message(), "d", "b-" + turn, "k-" + turn, new UUID(1, turn));
            });
            server.nanos.addAndGet(random.nextInt(1_000_000_000));
            if (i == TURNS / 3 || i == 2 * TURNS / 3) {
                writeSnapshot(server, (chunks, core) -> core.snapshot(chunks));
            }
        }
        hash = server.core.stateHash();
        sequence = server.core.sequence();
        server.journal.close();
    }

    /** How a state becomes chunks. */
    @FunctionalInterface
    private interface Content {
        void write(MessageSink chunks, StateMachine core);
    }

    private void writeSnapshot(final SteppedServer server, final Content content) {
        final SnapshotMeta meta = new SnapshotMeta(
                server.journal.recovery().journalId(),
                server.core.sequence(),
                server.journal.durablePosition(),
                server.core.timeMs(),
                server.core.rules().version(),
                server.core.stateHash());
        final SnapshotContent chunks = handler -> content.write(handler::onChunk, server.core);
        snapshots.write(meta, chunks);
    }

    private void requireSameState(final int snapshotsLeft) {
        assertThat(SnapshotStore.open(DATA, disk).list()).hasSize(snapshotsLeft);
        try (Journal journal = Journal.open(SteppedServer.journalConfig(DATA), disk)) {
            final StateMachine core = recover(journal);
            assertThat(core.sequence()).isEqualTo(sequence);
            assertThat(core.stateHash()).isEqualTo(hash);
        }
    }

    private StateMachine recover(final Journal journal) {
        return new StateRecovery(new JournalLog(journal, DATA, disk), 99, count -> {}).recover();
    }

    private Path snapshot(final int number) {
        return disk.contents().keySet().stream()
                .filter(path -> path.toString().endsWith(".snap"))
                .sorted()
                .toList()
                .get(number);
    }

    private void damage(final Path file) {
        final byte[] bytes = disk.get(file);
        bytes[bytes.length / 2] ^= 0x10;
        disk.overwrite(file, bytes);
    }

    @Test
    void shouldReachTheSameStateFromTheNewestSnapshot() {
        requireSameState(2);
    }

    @Test
    void shouldReachTheSameStateFromTheOneBeforeWhenTheNewestIsDamaged() {
        damage(snapshot(1));

        requireSameState(2);
    }

    @Test
    void shouldReachTheSameStateFromTheWholeJournalWhenEachIsDamaged() {
        damage(snapshot(0));
        damage(snapshot(1));

        requireSameState(2);
    }

    @Test
    void shouldReachTheSameStateWithoutSnapshots() {
        disk.remove(snapshot(1));
        disk.remove(snapshot(0));

        requireSameState(0);
    }

    @Test
    void shouldReadTheTailOnlyWhenThereIsASnapshot() {
        try (Journal journal = Journal.open(SteppedServer.journalConfig(DATA), disk);
                JournalReader tail = journal.follow(
                        SnapshotStore.open(DATA, disk).list().get(0).position())) {
            final long[] count = {0};
            while (tail.poll((position, seq, timeMs, buffer, offset, length) -> count[0]++, 100) > 0) {
                // to the end
            }
            assertThat(count[0]).isEqualTo(TURNS - 2 * TURNS / 3 - 1);
        }
    }

    @Test
    void shouldPassOverASnapshotThatLacksItsEnd() throws Exception {
        final SteppedServer server = new SteppedServer(DATA, disk);
        writeSnapshot(server, (chunks, core) -> {
            final int[] entries = {0};
            core.snapshot((buffer, offset, length) -> entries[0]++);
            final int[] written = {0};
            core.snapshot((buffer, offset, length) -> {
                if (++written[0] < entries[0]) {
                    chunks.onMessage(buffer, offset, length);
                }
            });
        });
        hash = server.core.stateHash();
        sequence = server.core.sequence();
        server.journal.close();

        requireSameState(3);
    }
}
