package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * State by commands = state by events = state by snapshot and what came after it; and whoever decides the same commands
 * emits the same events, byte for byte, whatever the seed of its hashes.
 */
class ThreeRoadsTest {
    private static final int COMMANDS = 1_000_000;
    private static final int CHECKS = 24;

    /** Decides each journaled command again and compares. */
    private static final class Verifier implements CoreDriver.RecordSink {
        private final StateMachine core;
        private final JournalRecord reader = new JournalRecord();
        private final EventSink sink = new EventSink();
        private final Answer answer = new Answer();
        private final UnsafeBuffer events = new UnsafeBuffer(new byte[1 << 19]);

        private Verifier(final StateMachine core) {
            this.core = core;
        }

        @Override
        public void onRecord(final long sequence, final long timeMs, final UnsafeBuffer record, final int length) {
            reader.wrap(record, 0, length);
            sink.wrap(events, 0, events.capacity());
            core.decide(sequence, timeMs, record, reader.commandOffset(), reader.commandLength(), sink, answer);
            assertThat(sink.length()).isEqualTo(reader.eventsLength());
            for (int i = 0; i < sink.length(); i++) {
                if (events.getByte(i) != record.getByte(reader.eventsOffset() + i)) {
                    throw new AssertionError("command " + sequence + " decided again gives other events");
                }
            }
        }
    }

    @Test
    void shouldReachOneStateByCommandsByEventsAndBySnapshot() {
        final long seed = Seeds.next("three roads");
        final SplittableRandom random = new SplittableRandom(seed);
        final RandomCommands commands = new RandomCommands(seed, RandomCommands.Spread.WIDE);
        final CoreDriver driver = new CoreDriver(random.nextLong());
        final Replica byEvents = new Replica(random.nextLong());
        final Verifier again = new Verifier(new StateMachine(random.nextLong()));
        final CoreDriver.RecordSink[] late = {(sequence, timeMs, record, length) -> {}, again};
        driver.journalTo((sequence, timeMs, record, length) -> {
            byEvents.onRecord(sequence, timeMs, record, length);
            again.onRecord(sequence, timeMs, record, length);
            late[0].onRecord(sequence, timeMs, record, length);
        });
        StateMachine latest = null;
        for (int i = 0; i < COMMANDS; i++) {
            driver.advance(commands.nextAdvanceMs()).decide(commands.next());
            if (random.nextInt(COMMANDS / CHECKS) == 0) {
                checkAgree(i, driver, byEvents.core(), again.core, latest);
                if (random.nextBoolean()) {
                    final Replica bySnapshot = Replica.from(byEvents.core(), random.nextLong());
                    latest = bySnapshot.core();
                    late[0] = bySnapshot;
                } else {
                    final Verifier loaded = new Verifier(Replica.copyOf(driver.core(), random.nextLong()));
                    latest = loaded.core;
                    late[0] = loaded;
                }
                checkAgree(i, driver, latest);
            }
        }
        checkAgree(COMMANDS, driver, byEvents.core(), again.core, latest);
    }

    private static void checkAgree(final int count, final CoreDriver driver, final StateMachine... others) {
        final long hash = driver.core().stateHash();
        for (final StateMachine other : others) {
            if (other != null) {
                assertThat(other.stateHash()).as("after %d commands", count).isEqualTo(hash);
                assertThat(other.nextDueAtMs()).isEqualTo(driver.core().nextDueAtMs());
                assertThat(other.liveHolds()).isEqualTo(driver.core().liveHolds());
                assertThat(other.rules()).isEqualTo(driver.core().rules());
                assertThat(other.sequence()).isEqualTo(driver.sequence());
            }
        }
    }

    @Test
    void shouldStayEqualWhenEverythingIsTinyAndSnapshotsAreFrequent() {
        final long seed = Seeds.next("three roads, tiny");
        final SplittableRandom random = new SplittableRandom(seed);
        final RandomCommands commands = new RandomCommands(seed, RandomCommands.Spread.TINY);
        final CoreDriver driver = new CoreDriver(random.nextLong());
        Verifier loaded = new Verifier(new StateMachine(random.nextLong()));
        for (int i = 0; i < 100_000; i++) {
            driver.journalTo(loaded).advance(commands.nextAdvanceMs()).decide(commands.next());
            if (random.nextInt(50) == 0) {
                checkAgree(i, driver, loaded.core);
                loaded = new Verifier(Replica.copyOf(loaded.core, random.nextLong()));
            }
        }
        checkAgree(100_000, driver, loaded.core);
    }
}
