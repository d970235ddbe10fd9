package io.holdfast.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    private static final Machine MACHINE = new Machine("some processor", 2, 8);
    private static final Figure FIGURE = new Figure("total p50", "µs", Goal.LOWER, List.of(1.5, 2.5, 2.0));

    @TempDir
    private Path directory;

    @Test
    void shouldReadBackWhatWasAddedWhenRunIsComparable() throws Exception {
        final RunHistory history = new RunHistory(directory.resolve("made/on/demand"));
        final RunRecord first = run(1, MACHINE, Map.of("rate", "1000"));
        history.add(first);

        final RunHistory.Earlier earlier = history.earlier(run(2, MACHINE, Map.of("rate", "1000")));

        assertThat(earlier.run()).contains(first);
        assertThat(earlier.unreadableLines()).isZero();
    }

    @Test
    void shouldFindTheNewestWhenThereAreSeveral() throws Exception {
        final RunHistory history = new RunHistory(directory);
        history.add(run(1, MACHINE, Map.of()));
        history.add(run(2, MACHINE, Map.of()));

        assertThat(history.earlier(run(3, MACHINE, Map.of())).run())
                .get()
                .extracting(RunRecord::at)
                .isEqualTo(Instant.ofEpochSecond(2));
    }

    @Test
    void shouldFindNothingWhenSettingsOrMachineDiffer() throws Exception {
        final RunHistory history = new RunHistory(directory);
        history.add(run(1, MACHINE, Map.of("rate", "1000")));

        assertThat(history.earlier(run(2, MACHINE, Map.of("rate", "2000"))).run())
                .isEmpty();
        assertThat(history.earlier(run(2, new Machine("some processor", 4, 8), Map.of("rate", "1000")))
                        .run())
                .isEmpty();
    }

    @Test
    void shouldFindNothingWhenThereIsNoHistory() throws Exception {
        assertThat(new RunHistory(directory.resolve("absent"))
                        .earlier(run(1, MACHINE, Map.of()))
                        .run())
                .isEmpty();
    }

    @Test
    void shouldGoOnWhenLastLineWasCutOff() throws Exception {
        final RunHistory history = new RunHistory(directory);
        history.add(run(1, MACHINE, Map.of()));
        Files.writeString(history.file(), "{\"benchmark\":\"ri", StandardOpenOption.APPEND);

        history.add(run(2, MACHINE, Map.of()));

        final RunHistory.Earlier earlier = history.earlier(run(3, MACHINE, Map.of()));
        assertThat(earlier.run()).get().extracting(RunRecord::at).isEqualTo(Instant.ofEpochSecond(2));
        assertThat(earlier.unreadableLines()).isEqualTo(1);
    }

    @Test
    void shouldPassOverWhatItDoesNotKnowWhenLineIsNewer() {
        final String line = JsonText.of(run(1, MACHINE, Map.of("a", "b"))::write);

        final RunRecord read = RunReader.read(line.replaceFirst("\\{", "{\"later\":{\"deep\":[1,2]},"));

        assertThat(read).isEqualTo(run(1, MACHINE, Map.of("a", "b")));
    }

    @Test
    void shouldSayJvmKernelAndCommitWhenConditionsAreThoseOfThisProcess() {
        final RunConditions conditions = RunConditions.ofThisProcess();

        assertThat(conditions.rows()).allSatisfy(row -> assertThat(row.get(1)).isNotBlank());
        assertThat(conditions.machine().cores()).isPositive();
    }

    private static RunRecord run(final long at, final Machine machine, final Map<String, String> settings) {
        return new RunRecord(
                "ring",
                Instant.ofEpochSecond(at),
                new RunConditions(machine, "Linux 6", "VM 17", List.of("-Xmx1g"), "abc123"),
                settings,
                List.of(FIGURE));
    }
}
