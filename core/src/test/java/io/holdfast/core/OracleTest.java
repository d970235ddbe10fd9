package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

/** The core against a naive reading of the rules: every event and every balance, after every command. */
class OracleTest {
    private static final int COMMANDS = 25_000;

    @RepeatedTest(4)
    void shouldAgreeWithTheOracleOnEveryCommand() {
        final long seed = Seeds.next("oracle");
        final RandomCommands commands = new RandomCommands(seed, RandomCommands.Spread.TINY);
        final CoreDriver driver = new CoreDriver(seed);
        final Oracle oracle = new Oracle();
        final Deque<String> history = new ArrayDeque<>();
        for (int i = 0; i < COMMANDS; i++) {
            driver.advance(commands.nextAdvanceMs());
            final Command command = commands.next();
            final List<String> events = driver.run(command);
            commands.answered(driver.answer());
            history.add(
                    driver.sequence() + " at " + MessageText.time(driver.timeMs()) + " " + command + " -> " + events);
            if (history.size() > 200) {
                history.remove();
            }

            final List<String> expected = oracle.decide(driver.sequence(), driver.timeMs(), command);

            if (!events.equals(expected)) {
                assertThat(events)
                        .as("seed %d, after\n%s", seed, String.join("\n", history))
                        .isEqualTo(expected);
            }
            assertThat(driver.core().liveHolds()).isEqualTo(oracle.liveHolds());
            for (final String drop : oracle.drops()) {
                assertThat(driver.stock(drop)).as("seed %d, %s", seed, drop).isEqualTo(oracle.stock(drop));
            }
        }
    }
}
