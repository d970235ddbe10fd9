package io.holdfast.perf.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.perf.report.JsonText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class RecoveryBenchTest {
    private static final int RECORDS = 6_000;
    private static final int SNAPSHOT_RECORDS = 2_500;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(HistoryMix.class)
    void shouldComeToTheSameStateWhenHistoryIsRecovered(final HistoryMix mix) throws Exception {
        final long hash = new HistoryGenerator(mix, RECORDS, SNAPSHOT_RECORDS, RingBenchTest.SEGMENT_LENGTH)
                .generate(directory, count -> {});

        final StartResult start = ServerStart.measure(directory, false, count -> {});

        assertThat(start.stateHash()).isEqualTo(Long.toHexString(hash));
        assertThat(start.figure(StartResult.RECORDS)).isEqualTo(RECORDS);
        assertThat(start.figure(StartResult.VERIFIED_RECORDS)).isEqualTo(RECORDS);
        assertThat(start.figure(StartResult.TAIL_RECORDS)).isEqualTo(RECORDS - 2 * SNAPSHOT_RECORDS);
        assertThat(start.figure(StartResult.LIVE_HOLDS)).isPositive();
    }

    @Test
    void shouldApplyEverythingWhenThereIsNoSnapshot() throws Exception {
        new HistoryGenerator(HistoryMix.DROP, RECORDS, 0, RingBenchTest.SEGMENT_LENGTH)
                .generate(directory, count -> {});

        final StartResult start = ServerStart.measure(directory, true, count -> {});
        final StartResult after = ServerStart.measure(directory, false, count -> {});

        assertThat(start.figure(StartResult.TAIL_RECORDS)).isEqualTo(RECORDS);
        assertThat(start.lines()).anySatisfy(line -> assertThat(line).startsWith("snapshot made in"));
        assertThat(after.figure(StartResult.TAIL_RECORDS)).isZero();
        assertThat(after.stateHash()).isEqualTo(start.stateHash());
        assertThat(new RecoveryResults(List.of(start, after), Map.of()).isOneState())
                .isTrue();
    }

    @Test
    void shouldReadBackWhatAnotherProcessPrinted() throws Exception {
        final StartResult start =
                new StartResult(Map.of(StartResult.READY_SECONDS, 1.5, StartResult.RECORDS, 3_000_000.0), "abc");

        final StartResult read = StartProcess.read(JsonText.of(start::write) + "\n");

        assertThat(read).isEqualTo(start);
        assertThat(read.recordsPerSecond()).isEqualTo(2_000_000);
    }

    @Test
    void shouldStartWithTheCollectorOfAServerUnlessTheUserNamedOne() {
        final List<String> own = List.of("-XX:+UseSerialGC", "-Xmx1g", "-XX:OnOutOfMemoryError=echo >&9");

        assertThat(BenchProcess.flags(own, StartProcess.collectorFlags("-Xmx1g")))
                .containsExactly("-Xmx1g", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20");
        assertThat(BenchProcess.flags(own, StartProcess.collectorFlags("-Xmx1g -XX:+UseSerialGC")))
                .containsExactly("-XX:+UseSerialGC", "-Xmx1g");
    }
}
