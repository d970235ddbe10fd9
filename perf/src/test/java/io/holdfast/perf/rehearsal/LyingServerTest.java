package io.holdfast.perf.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.perf.rehearsal.Finding.Question;
import io.holdfast.perf.rehearsal.StubServer.Lie;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LyingServerTest {
    private static List<String> wrong(final Lie lie, final Manners manners) throws Exception {
        try (StubServer server = StubServer.start(lie)) {
            return StubRehearsal.wrong(StubRehearsal.run(server, manners));
        }
    }

    @Test
    void shouldFindNothingWhenServerIsHonest() throws Exception {
        assertThat(wrong(Lie.NONE, StubRehearsal.keeping())).isEmpty();
        assertThat(wrong(Lie.NONE, StubRehearsal.manners(50, 50, 50))).isEmpty();
    }

    @Test
    void shouldCallItOversoldWhenOneTooManyIsGiven() throws Exception {
        try (StubServer server = StubServer.start(Lie.ONE_TOO_MANY)) {

            final RehearsalResult result = StubRehearsal.run(server, StubRehearsal.keeping());

            assertThat(result.isWell(Question.OVERSOLD)).isFalse();
            assertThat(StubRehearsal.wrong(result)).contains("distinct holds against capacity", "every hold is known");
        }
    }

    /** What was given back may be given to somebody else: more holds than stock, and nothing wrong. */
    @Test
    void shouldNotCallItOversoldWhenUnitsAreGivenBack() throws Exception {
        try (StubServer server = StubServer.start(Lie.NONE)) {

            final RehearsalResult result = StubRehearsal.run(server, StubRehearsal.manners(0, 0, 100));

            assertThat(result.ledger().grants()).hasSizeGreaterThan(StubServer.STOCK);
            assertThat(StubRehearsal.wrong(result)).isEmpty();
        }
    }

    @Test
    void shouldMissHoldThatServerForgot() throws Exception {
        assertThat(wrong(Lie.FORGETS_A_HOLD, StubRehearsal.keeping())).containsExactly("every hold is known");
    }

    @Test
    void shouldSeeThatTwoWereToldOfOneHold() throws Exception {
        assertThat(wrong(Lie.SAME_HOLD_FOR_TWO, StubRehearsal.keeping())).contains("no answer contradicts another");
    }

    @Test
    void shouldMissOrderWhenPaymentIsForgotten() throws Exception {
        assertThat(wrong(Lie.FORGETS_A_PAYMENT, StubRehearsal.manners(100, 0, 0)))
                .contains("every payment is one order or one refund");
    }

    @Test
    void shouldMissRefundWhenItIsForgotten() throws Exception {
        assertThat(wrong(Lie.FORGETS_A_REFUND, StubRehearsal.manners(100, 100, 0)))
                .containsExactly("every refund is due");
    }

    @Test
    void shouldSeeThatOnePaymentHasTwoOutcomes() throws Exception {
        assertThat(wrong(Lie.TWO_OUTCOMES, StubRehearsal.manners(100, 100, 0)))
                .contains("no answer contradicts another");
    }

    @Test
    void shouldSeeThatStockDoesNotAddUp() throws Exception {
        assertThat(wrong(Lie.STOCK_DOES_NOT_ADD_UP, StubRehearsal.keeping())).containsExactly("stock of GA adds up");
    }
}
