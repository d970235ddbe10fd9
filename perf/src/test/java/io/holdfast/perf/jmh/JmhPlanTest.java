package io.holdfast.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Goal;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmhPlanTest {
    @Test
    void shouldStartForksAsAServerWhenNothingIsChosen() {
        assertThat(ForkFlags.of("", List.of()))
                .contains(
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-XX:+UseG1GC",
                        "-XX:MaxGCPauseMillis=20");
    }

    @Test
    void shouldLeaveTheCollectorOutWhenOneIsChosen() {
        assertThat(ForkFlags.of(" -Xmx8g  -XX:+UseZGC ", List.of("-Xmx9g")))
                .doesNotContain("-XX:+UseG1GC")
                .endsWith("-Xmx8g", "-XX:+UseZGC", "-Xmx9g");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000, 4_096, 5_000})
    void shouldNameEachSlotOnceWhenPassingThrough(final int bound) {
        final SlotOrder order = new SlotOrder(bound);

        for (int pass = 0; pass < 3; pass++) {
            final BitSet named = new BitSet();
            for (int i = 0; i < bound; i++) {
                named.set(order.next());
                assertThat(order.passes()).isEqualTo(pass);
            }
            assertThat(named.cardinality()).isEqualTo(bound);
            assertThat(named.length()).isEqualTo(bound);
        }
    }

    @Test
    void shouldSayWhatIsReachedWhenTheCoreWasMeasured() {
        final List<CoreGoals.Verdict> verdicts = CoreGoals.verdicts(List.of(
                measurement("CoreHoldBenchmark.newBuyer", 1_000_000, 310, 0.2),
                measurement("CoreHoldBenchmark.newBuyer", 5_000, 149, 12),
                measurement("CoreLifeBenchmark.payment", 5_000, 900, 600)));

        assertThat(verdicts)
                .extracting(CoreGoals.Verdict::name, CoreGoals.Verdict::figureText, CoreGoals.Verdict::isReached)
                .containsExactly(
                        tuple("CoreHoldBenchmark.newBuyer, 5,000 live", "149 ns", true),
                        tuple("CoreHoldBenchmark.newBuyer, 5,000 live", "12 B", false),
                        tuple("CoreHoldBenchmark.newBuyer, 1,000,000 live", "310 ns", false),
                        tuple("CoreHoldBenchmark.newBuyer, 1,000,000 live", "0.200 B", true),
                        tuple("CoreHoldBenchmark.newBuyer, 1,000,000 live to 5,000", "2.08 x", false));
    }

    private static Measurement measurement(
            final String benchmark, final int liveHolds, final double ns, final double bytes) {
        return new Measurement(
                benchmark,
                new TreeMap<>(Map.of("liveHolds", Integer.toString(liveHolds))),
                new Figure("time", "ns", Goal.LOWER, List.of(ns)),
                new Figure("allocated", "B", Goal.LOWER, List.of(bytes)));
    }
}
