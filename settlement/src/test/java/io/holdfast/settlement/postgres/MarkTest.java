package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.SampleLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that lost nothing holds every record that it ever gave, where it was: a false alarm would halt a sale. */
class MarkTest {
    private static final int SEGMENT_LENGTH = 256 * 1024;

    @TempDir
    private Path data;

    @TempDir
    private Path crashed;

    /** A record as a follower sees it that reads on and on, and where it goes on from there. */
    private record Seen(Mark mark, long next) {}

    private static List<Seen> readOn(final CommittedLog log) throws Exception {
        final RecordChecksum checksums = new RecordChecksum();
        final List<Seen> seen = new ArrayList<>();
        final Mark[] last = new Mark[1];
        try (LogReader reader = log.follow(CommittedLog.BEGINNING)) {
            while (reader.poll(
                            (at, sequence, timeMs, record) ->
                                    last[0] = new Mark(at, timeMs, checksums.of(sequence, record)),
                            1)
                    > 0) {
                seen.add(new Seen(last[0], reader.position()));
            }
        }
        return seen;
    }

    private static void requireHeld(final CommittedLog log, final List<Seen> all) throws Exception {
        for (final Seen seen : all) {
            try (LogReader reader = seen.mark().follow(log).orElseThrow()) {
                assertThat(reader.position()).isEqualTo(seen.next());
            }
        }
    }

    @Test
    void shouldHoldEveryRecordInBatchesOfAllSizesAcrossSegmentsStopsAndCrashes() throws Exception {
        final SplittableRandom random = new SplittableRandom(7);
        SampleLog sample = SampleLog.create(data, SEGMENT_LENGTH).run("create berlin GA=100000@4500 EUR");
        int hold = 0;
        for (int round = 0; round < 40; round++) {
            for (int i = random.nextInt(60); i > 0; i--) {
                sample.add(Command.of(
                        "place h" + ++hold + " berlin b" + "x".repeat(random.nextInt(40)) + " GA:1 key=k" + hold));
                if (random.nextInt(3) == 0) {
                    sample.commit();
                }
            }
            sample.commit();
            if (random.nextInt(6) == 0) {
                sample.restart();
            }
        }
        sample.copyTo(crashed);
        final List<Seen> before = readOn(sample.log());
        sample.close();
        sample = SampleLog.open(crashed);
        try (SampleLog log = sample) {
            requireHeld(log.log(), before);
            log.restart();
            requireHeld(log.log(), readOn(log.log()));
        }
        assertThat(before.get(before.size() - 1).next()).isGreaterThan(SEGMENT_LENGTH);
    }

    @Test
    void shouldHoldTheLastRecordOfASegmentThatIsFullToTheLastByte() throws Exception {
        try (SampleLog log = SampleLog.create(data, SEGMENT_LENGTH).run("create berlin GA=100000@4500 EUR")) {
            for (int i = 0; i < 1_100; i++) {
                log.run("idle");
            }
            final List<Seen> seen = readOn(log.log());

            assertThat(seen).anyMatch(each -> each.next() % SEGMENT_LENGTH == 0);
            requireHeld(log.log(), seen);
        }
    }
}
