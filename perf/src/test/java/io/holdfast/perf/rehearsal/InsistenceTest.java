package io.holdfast.perf.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.perf.rehearsal.Finding.Question;
import io.holdfast.perf.rehearsal.StubServer.Lie;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class InsistenceTest {
    private static final Map<String, Long> EVERYBODY = Map.of("held", 5L, "sold-out", 15L);

    @Test
    void shouldComeAgainWithSameKeyWhenServerIsOverloaded() throws Exception {
        try (StubServer server = StubServer.start(Lie.OVERLOADED_AT_FIRST)) {

            final RehearsalResult result = StubRehearsal.run(server, StubRehearsal.keeping());

            assertThat(result.ledger().buyersByVerdict()).isEqualTo(EVERYBODY);
            assertThat(result.ledger().retriesByCause()).isEqualTo(Map.of("overloaded", 20L));
            assertThat(server.pressesByKey())
                    .hasSize(StubRehearsal.BUYERS)
                    .allSatisfy((key, presses) -> assertThat(presses).isEqualTo(2));
            assertThat(StubRehearsal.wrong(result)).isEmpty();
        }
    }

    @Test
    void shouldHaveOneHoldEachWhenFirstAnswerIsLost() throws Exception {
        try (StubServer server = StubServer.start(Lie.LOSES_FIRST_ANSWER)) {

            final RehearsalResult result = StubRehearsal.run(server, StubRehearsal.keeping());

            assertThat(result.ledger().buyersByVerdict()).isEqualTo(EVERYBODY);
            assertThat(result.ledger().grants()).hasSize(StubServer.STOCK);
            assertThat(StubRehearsal.wrong(result)).isEmpty();
        }
    }

    @Test
    void shouldCallItLostWhenBuyersAreNotAnswered() throws Exception {
        try (StubServer server = StubServer.start(Lie.ALWAYS_OVERLOADED)) {

            final RehearsalResult result = StubRehearsal.run(server, StubRehearsal.keeping());

            assertThat(result.ledger().buyersByVerdict()).isEqualTo(Map.of("gave-up", 20L));
            assertThat(server.pressesByKey())
                    .allSatisfy((key, presses) -> assertThat(presses).isEqualTo(4));
            assertThat(result.isWell(Question.LOST)).isFalse();
            assertThat(result.isWell(Question.OVERSOLD)).isTrue();
        }
    }

    @Test
    void shouldCountPressesOfBotsApart() throws Exception {
        try (StubServer server = StubServer.start(Lie.NONE)) {

            final RehearsalResult result = StubRehearsal.run(server, StubRehearsal.keeping(), 2);

            final long told = result.ledger().botsByVerdict().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(told).isEqualTo(2 * 6);
            assertThat(server.pressesByKey()).hasSize(StubRehearsal.BUYERS + 1 + 6);
        }
    }
}
