package io.holdfast.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.perf.report.Figure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real thing, small: its figures mean nothing, its counts are right. */
@Tag("slow")
final class ComparisonTest {
    private static final int USERS = 200;

    /** Not the temporary directory, which may be in memory. */
    private static final Path DIRECTORY = Path.of("target", "compare").toAbsolutePath();

    @Test
    void shouldCountRightAndLeaveNothingWhenAllSidesAreMeasured() throws Exception {
        final Optional<Path> wrk = Comparison.findWrk(System.getenv("PATH"));
        final List<String> rows = new ArrayList<>(List.of("drop", "allocation"));
        wrk.ifPresent(program -> rows.add("sold-out"));
        final List<String> said = new ArrayList<>();

        final CompareReport report = new Comparison(plan(rows), wrk, said::add).run();

        assertThat(report.remarks()).noneMatch(remark -> remark.contains("not measured"));
        for (final Side side : Side.values()) {
            final boolean isBare = side == Side.BARE;
            assertThat(count(report, "drop", side, Metric.HOLDS)).isEqualTo(isBare ? USERS : USERS / 10);
            assertThat(count(report, "drop", side, Metric.SOLD_OUT)).isEqualTo(isBare ? 0 : USERS - USERS / 10);
            assertThat(count(report, "allocation", side, Metric.PATH_BYTES)).isPositive();
            if (wrk.isPresent()) {
                assertThat(count(report, "sold-out", side, Metric.REFUSED)).isZero();
                assertThat(count(report, "sold-out", side, isBare ? Metric.HOLDS : Metric.SOLD_OUT))
                        .isPositive();
            }
        }
        assertThat(report.figureRows()).isNotEmpty();
        assertThat(said).anyMatch(line -> line.startsWith("drop, round 1 of 1, Holdfast: "));
        try (Stream<Path> left = Files.list(DIRECTORY)) {
            assertThat(left).isEmpty();
        }
    }

    private static double count(final CompareReport report, final String row, final Side side, final Metric metric) {
        return report.record()
                .figure(row + ": " + side.title() + ", " + metric.title())
                .map(Figure::median)
                .orElse(-1.0);
    }

    private static ComparePlan plan(final List<String> rows) {
        final Duration moment = Duration.ofMillis(400);
        return new ComparePlan(
                rows,
                List.of(Side.values()),
                new ComparePlan.Pace(1, moment, Duration.ZERO, moment),
                new ComparePlan.Crowd(8, USERS, USERS, 20),
                DIRECTORY,
                new PeerOptions(List.of("-XX:+UseSerialGC", "-Xmx256m"), 1, 1, "always"));
    }
}
