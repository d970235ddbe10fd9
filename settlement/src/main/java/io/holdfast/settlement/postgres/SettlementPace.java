package io.holdfast.settlement.postgres;

import java.time.Duration;

/**
 * How often settlement does what nothing asks for.
 *
 * @param cursorInterval how far apart moves of the cursor are that settle nothing
 * @param checkInterval how long the database is left alone when there is nothing to do
 * @param stoppedInterval how often it looks whether it may go on, when it had to stop
 */
record SettlementPace(Duration cursorInterval, Duration checkInterval, Duration stoppedInterval) {
    static final SettlementPace DEFAULT =
            new SettlementPace(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30));
}
