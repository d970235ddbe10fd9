package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the door refuses to take, and that it leaves everything as it was. */
class StateMachineTest {
    private final CoreDriver driver = new CoreDriver(1);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 18]);
    private final EventSink sink = new EventSink();

    private void decide(final long sequence, final long timeMs, final int capacity, final String command) {
        final CommandEncoder encoder = new CommandEncoder();
        final int length = encoder.encode(Command.of(command));
        sink.wrap(buffer, 0, capacity);
        driver.core().decide(sequence, timeMs, encoder.buffer(), 0, length, sink, driver.answer());
    }

    @Test
    void shouldChangeNothingWhenACommandCannotBeTaken() {
        // given a hold that is due, which any command would expire first
        driver.run("create berlin GA=5");
        driver.run("place h1 berlin a GA:1");
        final long hash = driver.core().stateHash();
        final long due = Command.START_MS + 315_000;
        final int room = Limits.eventsLengthMax(200);

        // then
        assertRefused(() -> decide(2, due, room, "idle"), "after command 2");
        assertRefused(() -> decide(1, due, room, "idle"), "after command 2");
        assertRefused(() -> decide(3, Command.START_MS - 1, room, "idle"), "after command 2");
        assertRefused(() -> decide(3, due, 1_000, "idle"), "the sink has 1000 bytes");
        assertRefused(() -> decide(3, due, room, "hold h1"), "unknown kind 30");
        assertRefused(() -> decide(3, due, room, "rules version=2"), "rules version 2 is not known");
        assertRefused(() -> decide(3, due, room, "rules live=0"), "liveHoldsMax is 0");
        assertRefused(() -> decide(3, due, room, "rules skus=-1"), "skusPerDropMax is -1");
        assertThat(sink.count()).isZero();
        assertThat(driver.core().stateHash()).isEqualTo(hash);

        // and the same sequence is free for a good one
        decide(3, due, room, "idle");
        assertThat(sink.count()).isOne();
    }

    private static void assertRefused(final Runnable decision, final String words) {
        assertThatThrownBy(decision::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void shouldRefuseAnEventThatContradictsTheState() {
        final List<byte[]> events = new ArrayList<>();
        driver.journalTo((sequence, timeMs, record, length) -> {
            final JournalRecord reader = new JournalRecord().wrap(record, 0, length);
            while (reader.nextEvent()) {
                events.add(Replica.bytes(record, reader.eventOffset(), reader.eventLength()));
            }
        });
        driver.run("create berlin GA=5");
        driver.run("place h1 berlin a GA:1 key=k");
        driver.run("pay p1 h1 0 EUR");
        final byte[] placed = events.get(1);
        final byte[] paid = events.get(2);

        assertThatThrownBy(() -> apply(driver.core(), placed))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("exists already");
        assertThatThrownBy(() -> apply(driver.core(), paid))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("paid again");
        assertThatThrownBy(() -> apply(new StateMachine(1), paid))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("unknown hold");
        paid[2] = (byte) 199;
        assertThatThrownBy(() -> apply(new StateMachine(1), paid))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("use a newer build");
    }

    private static void apply(final StateMachine core, final byte[] event) {
        core.apply(9, Command.START_MS, new UnsafeBuffer(event), 0, event.length);
    }

    @Test
    void shouldRefuseASnapshotThatIsOutOfOrderOrCutOrChanged() {
        driver.run("create berlin GA=5");
        driver.run("place h1 berlin a GA:1");
        driver.run("pay p1 h1 0 EUR");
        final List<byte[]> entries = new ArrayList<>();
        driver.core().snapshot((entry, offset, length) -> entries.add(Replica.bytes(entry, offset, length)));

        assertThatThrownBy(() -> load(entries.subList(1, entries.size())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("out of place");
        final List<byte[]> cut = new ArrayList<>(entries);
        cut.remove(entries.size() - 2);
        assertThatThrownBy(() -> load(cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ends with");
        assertThat(load(entries.subList(0, entries.size() - 1)).isLoaded()).isFalse();
        final List<byte[]> twice = new ArrayList<>(entries);
        twice.add(entries.get(0));
        assertThatThrownBy(() -> load(twice)).isInstanceOf(IllegalArgumentException.class);
        final byte[] end = entries.get(entries.size() - 1);
        end[8] ^= 1;
        assertThatThrownBy(() -> load(entries))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ends with");
        assertThat(load(Collections.emptyList()).isLoaded()).isFalse();
    }

    private static StateMachine load(final List<byte[]> entries) {
        final StateMachine core = new StateMachine(2);
        for (final byte[] entry : entries) {
            core.loadEntry(new UnsafeBuffer(entry), 0, entry.length);
        }
        return core;
    }

    @Test
    void shouldBoundARecordsLengths() {
        final JournalRecord record = new JournalRecord();
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[64]);
        for (final int length : new int[] {-1, 61, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            payload.putInt(0, length);
            assertThatThrownBy(() -> record.wrap(payload, 0, 64)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> record.wrap(payload, 0, 3)).isInstanceOf(IllegalArgumentException.class);
        payload.putInt(0, 8);
        for (final int length : new int[] {-1, 49, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            payload.putInt(12, length);
            assertThatThrownBy(() -> record.wrap(payload, 0, 64).nextEvent())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        payload.putInt(12, 46);
        assertThat(record.wrap(payload, 0, 64).nextEvent()).isTrue();
        assertThatThrownBy(record::nextEvent).isInstanceOf(IllegalArgumentException.class);
        payload.putInt(12, 48);
        assertThat(record.wrap(payload, 0, 64).nextEvent()).isTrue();
        assertThat(record.nextEvent()).isFalse();
        assertThat(record.rewind().nextEvent()).isTrue();
        assertThat(JournalRecord.putCommand(payload, 0, new ExpandableArrayBuffer(), 20))
                .isEqualTo(24);
    }
}
