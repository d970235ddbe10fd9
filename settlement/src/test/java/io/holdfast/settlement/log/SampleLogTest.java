package io.holdfast.settlement.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Command;
import io.holdfast.core.StateMachine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample is a log like any other: read to its end it leads to the state of the core that wrote it. */
class SampleLogTest {
    @TempDir
    private Path data;

    private static StateMachine follow(final StateMachine state, final CommittedLog log, final long position)
            throws HistoryTrimmedException {
        try (LogReader reader = log.follow(position)) {
            while (reader.poll(
                            (at, sequence, timeMs, record) -> {
                                while (record.nextEvent()) {
                                    state.apply(
                                            sequence,
                                            timeMs,
                                            record.buffer(),
                                            record.eventOffset(),
                                            record.eventLength());
                                }
                                state.applied(sequence, timeMs);
                            },
                            100)
                    > 0) {
                // to the end
            }
        }
        return state;
    }

    private SampleLog sample() {
        return SampleLog.create(data, 256 * 1024)
                .run(
                        "create berlin GA=500@4500 EUR",
                        "place h1 berlin alice GA:2 key=k1",
                        "place h2 berlin bob GA:2 key=k2",
                        "pay p1 h1 9000 EUR",
                        "pay p2 h1 9000 EUR",
                        "settle p2")
                .pass(400_000);
    }

    @Test
    void shouldLeadToTheStateOfItsCore() throws Exception {
        try (SampleLog sample = sample().restart()) {
            final StateMachine state = follow(new StateMachine(7), sample.log(), CommittedLog.BEGINNING);

            assertThat(state.stateHash()).isEqualTo(sample.driver().core().stateHash());
            assertThat(state.sequence()).isEqualTo(sample.log().endSequence());
            assertThat(state.liveHolds()).isZero();
        }
    }

    @Test
    void shouldLeadThereFromASnapshotWhenHistoryWasTrimmed() throws Exception {
        try (SampleLog sample = sample()) {
            for (int i = 10; i < 2_000; i++) {
                sample.add(Command.of("place h" + i + " berlin buyer-" + i + " GA:1 key=k" + i))
                        .add(Command.of("release h" + i));
            }
            sample.snapshot().run("place h3 berlin carol GA:1 key=k3");
            final LogSnapshot snapshot = sample.log().newestSnapshot().orElseThrow();

            final int trimmed = sample.trim(snapshot.position());

            assertThat(trimmed).isPositive();
            assertThatThrownBy(() -> sample.log().follow(CommittedLog.BEGINNING))
                    .isInstanceOf(HistoryTrimmedException.class);
            final StateMachine state = new StateMachine(7);
            snapshot.read(state::loadEntry);
            follow(state, sample.log(), snapshot.position());
            assertThat(state.stateHash()).isEqualTo(sample.driver().core().stateHash());
        }
    }
}
