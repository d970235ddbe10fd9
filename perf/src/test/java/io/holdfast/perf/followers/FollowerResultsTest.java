package io.holdfast.perf.followers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.perf.report.Goal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FollowerResultsTest {
    @Test
    void shouldNameWhatIsMissingWhenCountsAreWrong() {
        final FollowerResults results = new FollowerResults(
                        "settlement",
                        Map.of(),
                        List.of(SettlementBench.figure("time", "s", Goal.LOWER, 1.5)),
                        Map.of("orders", 1_999L))
                .expect("orders", 2_000)
                .expect("quarantined", 0);

        assertThat(results.faults()).containsExactly("1,999 orders, and there should be 2,000");
        assertThat(results.text()).containsPattern("time +1.50 s\n").containsPattern("orders +1,999\n");
    }

    @Test
    void shouldReadBackWhatAnotherProcessPrinted() throws IOException {
        final Measured measured = new Measured(Map.of(Measured.SECONDS, 1.5, "orders", 3_000_000.0));

        assertThat(Measured.read(measured.json() + "\n")).isEqualTo(measured);
    }

    @Test
    void shouldSayWhatWasPrintedWhenItIsNotFigures() {
        assertThatThrownBy(() -> Measured.read("")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Measured.read("{\"orders\":[1]}")).hasMessageContaining("orders");
        assertThatThrownBy(() -> Measured.read("{\"orders\":\"many\"}")).hasMessageContaining("many");
    }
}
