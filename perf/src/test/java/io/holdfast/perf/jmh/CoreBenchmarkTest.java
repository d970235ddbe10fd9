package io.holdfast.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.holdfast.core.Limits;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class CoreBenchmarkTest {
    private static final int LIVE_HOLDS = 5_000;

    /** More than fill the window of extras, so that what is undone between tapes is undone at least once. */
    private static final int INVOCATIONS = 4;

    static Stream<Arguments> tapes() {
        return Stream.<Supplier<SaleTape>>of(
                        CoreHoldBenchmark.NewBuyer::new,
                        CoreHoldBenchmark.KnownBuyer::new,
                        CoreHoldBenchmark.Replay::new,
                        CoreSoldOutBenchmark.Gone::new,
                        CoreSoldOutBenchmark.GoneWithoutKey::new,
                        CoreSoldOutBenchmark.AllHeld::new,
                        CoreLifeBenchmark.Release::new,
                        CoreLifeBenchmark.Extension::new,
                        CoreLifeBenchmark.Payment::new,
                        CoreMixBenchmark.Mix::new)
                .map(Supplier::get)
                .map(tape -> Arguments.of(tape.getClass().getSimpleName(), tape));
    }

    static Stream<Arguments> wideTapes() {
        return Stream.of("held", "gone")
                .flatMap(verdict -> Stream.of(drops(1), drops(300), skus(1), skus(1_000), items(2), items(8))
                        .map(tape -> with(verdict, tape)))
                .map(tape -> Arguments.of(tape.verdict + " " + tape.width(), tape));
    }

    private static CoreWidthBenchmark.WideTape drops(final int count) {
        final CoreWidthBenchmark.Drops tape = new CoreWidthBenchmark.Drops();
        tape.drops = count;
        return tape;
    }

    private static CoreWidthBenchmark.WideTape skus(final int count) {
        final CoreWidthBenchmark.Skus tape = new CoreWidthBenchmark.Skus();
        tape.skus = count;
        return tape;
    }

    private static CoreWidthBenchmark.WideTape items(final int count) {
        final CoreWidthBenchmark.Items tape = new CoreWidthBenchmark.Items();
        tape.items = count;
        return tape;
    }

    private static CoreWidthBenchmark.WideTape with(final String verdict, final CoreWidthBenchmark.WideTape tape) {
        tape.verdict = verdict;
        return tape;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wideTapes")
    void shouldHaveTheOutcomeAskedForWhenTheCoreIsWide(final String name, final CoreWidthBenchmark.WideTape tape) {
        tape.fill();

        for (int i = 0; i < INVOCATIONS; i++) {
            tape.encode();

            assertThat(tape.decide()).as("events").isEqualTo(CommandTape.LENGTH);
            tape.check();
        }
    }

    @Test
    void shouldRefuseMoreItemsThanSkus() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Width(1, 2, 3));
    }

    private static <T extends SaleTape> T filled(final T tape) {
        tape.liveHolds = LIVE_HOLDS;
        tape.fill();
        return tape;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tapes")
    void shouldHaveTheOutcomeOfItsNameWhenDecidedAgainAndAgain(final String name, final SaleTape tape) {
        filled(tape);

        for (int i = 0; i < INVOCATIONS; i++) {
            tape.encode();

            assertThat(tape.decide()).as("events").isEqualTo(CommandTape.LENGTH);
            tape.check();
        }
    }

    @Test
    void shouldExpireAsManyAsOneOperationEachWhenSwept() {
        final CoreExpiryBenchmark.Sweep tape = filled(new CoreExpiryBenchmark.Sweep());

        for (int i = 0; i < INVOCATIONS; i++) {
            tape.encode();

            assertThat(tape.decide()).as("events").isEqualTo(CommandTape.LENGTH);
            tape.check();
        }
        assertThat(CommandTape.LENGTH % Limits.DUE_EVENTS_PER_COMMAND_MAX).isZero();
    }

    @Test
    void shouldRefuseTheFiguresWhenNoHoldWasGranted() {
        final CoreHoldBenchmark.NewBuyer tape = filled(new CoreHoldBenchmark.NewBuyer());
        tape.encode();

        assertThatIllegalStateException().isThrownBy(tape::check).withMessage("live holds changed by 0, not by 256");
    }

    @Test
    void shouldRefuseTheFiguresWhenVerdictsAreOthers() {
        final CoreHoldBenchmark.NewBuyer tape = filled(new CoreHoldBenchmark.NewBuyer() {
            @Override
            void tape(final Sale next, final int index) {
                if (index < 200) {
                    next.tapeNewBuyer();
                } else {
                    next.tapeGone();
                }
            }

            @Override
            void check(final Sale decided) {
                decided.requireLiveChange(200);
                decided.requireVerdicts(Verdicts.Verdict.HELD);
            }
        });
        tape.encode();
        tape.decide();

        assertThatIllegalStateException().isThrownBy(tape::check).withMessage("200 of 256 verdicts are HELD, not 256");
    }
}
