package io.holdfast.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.core.RandomCommands;
import io.holdfast.core.Seeds;
import io.holdfast.journal.Retention;
import io.holdfast.settlement.log.LogSnapshot;
import io.holdfast.settlement.log.SampleLog;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a history holds, from whichever snapshot it is verified: the verdict is the one on the whole. */
class RandomTrimmedHistoryTest {
    private static final int SEGMENT_LENGTH = 256 * 1024;
    private static final int COMMANDS = 12_000;
    private static final int SNAPSHOTS = 6;

    @TempDir
    private Path directory;

    @Test
    void shouldVerifyFromWhicheverSnapshotIsTheOldest() {
        final long seed = Seeds.next("random trimmed history");
        final SplittableRandom random = new SplittableRandom(seed);
        final RandomCommands commands = new RandomCommands(
                seed, random.nextBoolean() ? RandomCommands.Spread.TINY : RandomCommands.Spread.WIDE);
        final Path data = directory.resolve("data");
        final Path archive = directory.resolve("archive");
        final Set<Long> placed = new HashSet<>();
        try (SampleLog sample = SampleLog.create(data, SEGMENT_LENGTH)) {
            for (int i = 0; i < COMMANDS; i++) {
                sample.driver().advance(commands.nextAdvanceMs());
                final Command command = commands.next();
                if (command.kind == Command.Kind.PLACE && !placed.add(command.hold)) {
                    continue; // a gateway never makes an id twice, and the books hold it to that
                }
                sample.add(command);
                commands.answered(sample.driver().answer());
                if (random.nextInt(COMMANDS / SNAPSHOTS) == 0) {
                    sample.snapshot();
                }
            }
            sample.snapshot().commit();
            final String hash =
                    String.format(Locale.ROOT, "%016x", sample.driver().core().stateHash());

            final Retention retention = new Retention(sample.journal(), 0, Optional.of(archive));
            final List<LogSnapshot> snapshots = new ArrayList<>(sample.log().snapshots());
            for (int oldest = snapshots.size() - 1; oldest >= 0; oldest--) {
                final long position = snapshots.get(oldest).position();
                while (retention.trimOne(position)) {
                    // down to what this snapshot needs
                }
                assertThat(verify(data, Optional.empty())).contains(hash);
            }
            assertThat(sample.log().trimmedBelow()).isPositive();
            assertThat(verify(data, Optional.of(archive)))
                    .contains("verified " + sample.driver().sequence() + " records")
                    .contains(hash);
        }
    }

    private static String verify(final Path data, final Optional<Path> archive) {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new Verifier(new Output(printed)).run(new History(data, archive, Progress.silent(), said -> {}));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
