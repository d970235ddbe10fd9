package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Deadlines, grace, schedules and restarts: what falls due by itself, and that it comes first. */
class DueScenarioTest {
    @Test
    void shouldKeepAHoldPayableAndReleasableButNotExtendableInGrace() {
        Scenario.play("""
                at      | command                    | events                         | stock    | answer
                0       | create berlin GA=5         |                                |          |
                        | place h1 berlin alice GA:1 | HoldPlaced h1                  |          |
                        | place h2 berlin alice GA:1 | HoldPlaced h2                  |          |
                        | place h3 berlin alice GA:1 | HoldPlaced h3                  | GA 2/3/0 |
                299.999 | extend h3 60               | HoldExtended h3 +359.999       |          |
                300     | extend h1 60               | CommandRejected HOLD_NOT_LIVE  |          |
                        | hold h1                    |                                |          | h1 berlin alice GA:1 HELD #2 +0..+300
                314.999 | extend h1 60               | CommandRejected HOLD_NOT_LIVE  | GA 2/3/0 |
                        | pay p1 h1 0 EUR            | HoldPaid h1 p1                 | GA 2/2/1 |
                        | release h2                 | HoldReleased h2                | GA 3/1/1 |
                374.998 | idle                       | -                              | GA 3/1/1 |
                374.999 | idle                       | HoldExpired h3                 | GA 4/0/1 |
                """);
    }

    @Test
    void shouldExpireAtTheDeadlineWhenThereIsNoGrace() {
        Scenario.play("""
                at      | command                              | events                                       | stock
                0       | create berlin GA=1 hold=1 grace=0    |                                              |
                        | place h1 berlin alice GA:1           | HoldPlaced h1                                | GA 0/1/0
                0.999   | place h2 berlin bob GA:1             | CommandRejected SOLD_OUT GA 0+1              | GA 0/1/0
                1       | place h3 berlin bob GA:1             | HoldExpired h1, HoldPlaced h3                | GA 0/1/0
                2       | release h3                           | HoldExpired h3, CommandRejected HOLD_NOT_LIVE | GA 1/0/0
                """);
    }

    @Test
    void shouldCapAnExtensionAndNeverShortenAHold() {
        Scenario.play("""
                at  | command                                      | events                  | answer
                0   | create berlin GA=5 hold=300 maxhold=600      |                         |
                    | place h1 berlin alice GA:1                   | HoldPlaced h1           |
                10  | extend h1 60                                 | CommandRepeated #2      | h1 berlin alice GA:1 HELD #2 +0..+300
                    | extend h1 290                                | CommandRepeated #2      | h1 berlin alice GA:1 HELD #2 +0..+300
                    | extend h1 291                                | HoldExtended h1 +301    | h1 berlin alice GA:1 HELD #2 +0..+301
                    | extend h1 86400                              | HoldExtended h1 +600    | h1 berlin alice GA:1 HELD #2 +0..+600
                    | extend h1 -5                                 | CommandRepeated #2      |
                    | extend h1 0                                  | CommandRepeated #2      |
                599 | extend h1 86400                              | CommandRepeated #2      |
                600 | extend h1 86400                              | CommandRejected HOLD_NOT_LIVE |
                615 | idle                                         | HoldExpired h1          |
                """);
    }

    @Test
    void shouldEmitWhatIsDueInOrderOfDueTimeAndSequenceAcrossDrops() {
        Scenario.play("""
                at  | command                                       | events
                0   | create a GA=9 hold=100 grace=0 maxhold=200    |
                    | create b GA=9 hold=50 grace=0 closes=+120     |
                    | place h1 a x GA:1                             | HoldPlaced h1
                    | place h2 a x GA:1                             | HoldPlaced h2
                50  | place h3 b x GA:1                             | HoldPlaced h3
                    | place h4 a x GA:1                             | HoldPlaced h4
                    | extend h1 70                                  | HoldExtended h1 +120
                70  | place h5 b x GA:1                             | HoldPlaced h5
                    | create c GA=1 opens=+100                      | DropCreated c SCHEDULED
                500 | place h6 a x GA:1                             | \
                HoldExpired h2, HoldExpired h3, DropOpened c SCHEDULE, DropClosed b SCHEDULE, HoldExpired h1, HoldExpired h5, HoldExpired h4, HoldPlaced h6
                """);
    }

    @Test
    void shouldEmitSixtyFourAtMostAndTheRestWithTheNextCommand() {
        // given
        final CoreDriver driver = new CoreDriver(1);
        driver.run("create berlin GA=130");
        for (int hold = 1; hold <= 130; hold++) {
            driver.run("place h" + hold + " berlin b" + hold + " GA:1 key=k");
        }

        // when all are due
        final List<String> first = driver.at(315).run("place h200 berlin z GA:65");

        // then the command's own decision sees what 64 of them freed
        assertThat(first).hasSize(65).startsWith("HoldExpired h1").contains("HoldExpired h64");
        assertThat(first.get(64)).isEqualTo("CommandRejected SOLD_OUT GA 64+66");
        assertThat(driver.core().nextDueAtMs()).isEqualTo(Command.START_MS + 315_000);

        // and a hold that is acted on is checked though its turn has not come
        assertThat(driver.run("release h130"))
                .hasSize(66)
                .endsWith("HoldExpired h128", "HoldExpired h130", "CommandRejected HOLD_NOT_LIVE");
        assertThat(driver.run("idle")).containsExactly("HoldExpired h129");
        assertThat(driver.run("idle")).isEmpty();
        assertThat(driver.core().nextDueAtMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldCheckTheHoldThatAPaymentAnExtensionOrARepetitionIsAbout() {
        for (final String command : List.of(
                "pay p h200 0 EUR -> HoldPaid h200 p reacquired",
                "extend h200 60 -> CommandRejected HOLD_NOT_LIVE",
                "place h201 berlin b200 GA:1 key=k -> CommandRepeated #201")) {
            // given
            final CoreDriver driver = new CoreDriver(1);
            driver.run("create berlin GA=1000");
            for (int hold = 1; hold <= 200; hold++) {
                driver.run("place h" + hold + " berlin b" + hold + " GA:1 key=k");
            }

            // when
            final List<String> events = driver.at(315).run(command.substring(0, command.indexOf(" -> ")));

            // then
            assertThat(events).hasSize(66).endsWith("HoldExpired h200", command.substring(command.indexOf(" -> ") + 4));
        }
    }

    @Test
    void shouldOpenAndCloseOnceEachBySchedule() {
        Scenario.play("""
                at  | command                                   | events
                0   | create berlin GA=5 opens=+60 closes=+120  | DropCreated berlin SCHEDULED
                    | place h1 berlin a GA:1                    | CommandRejected DROP_NOT_OPEN +60
                59.9| idle                                      | -
                60  | place h1 berlin a GA:1                    | DropOpened berlin SCHEDULE, HoldPlaced h1
                    | pause berlin                              | DropPaused berlin
                61  | idle                                      | -
                119 | place h2 berlin a GA:1                    | CommandRejected DROP_PAUSED
                    | open berlin                               | DropOpened berlin OPERATOR
                120 | place h2 berlin a GA:1                    | DropClosed berlin SCHEDULE, CommandRejected DROP_CLOSED
                    | open berlin                               | CommandRejected DROP_CLOSED
                    | pause berlin                              | CommandRejected DROP_CLOSED
                900 | idle                                      | HoldExpired h1
                    | place h2 berlin a GA:1                    | CommandRejected DROP_CLOSED
                """);
    }

    @Test
    void shouldNotReopenWhenTheOpeningPassesAfterAnEarlyOpeningAndAPause() {
        Scenario.play("""
                at  | command                                   | events
                0   | create berlin GA=5 opens=+60              | DropCreated berlin SCHEDULED
                    | pause berlin                              | CommandRejected DROP_NOT_OPEN +60
                    | open berlin                               | DropOpened berlin OPERATOR
                10  | pause berlin                              | DropPaused berlin
                60  | idle                                      | -
                61  | place h2 berlin a GA:1                    | CommandRejected DROP_PAUSED
                    | create oslo GA=5 opens=+90                | DropCreated oslo SCHEDULED
                    | close oslo                                | DropClosed oslo OPERATOR
                99  | idle                                      | -
                """);
    }

    @Test
    void shouldBeginAsWhatATimeThatHasPassedWouldHaveMadeOfIt() {
        Scenario.play("""
                at  | command                                   | events
                100 | create past GA=5 opens=+60                | DropCreated past OPEN
                    | create now GA=5 opens=+100                | DropCreated now OPEN
                    | create over GA=5 closes=+100              | DropCreated over CLOSED
                    | create both GA=5 opens=+60 closes=+100    | DropCreated both CLOSED
                    | create next GA=5 opens=+60 closes=+101    | DropCreated next OPEN
                    | create never GA=5 opens=+60 closes=+60    | CommandRejected INVALID_REQUEST
                101 | idle                                      | DropClosed next SCHEDULE
                """);
    }

    @Test
    void shouldOpenAndCloseInOneCommandWhenTheClockJumpsOverBoth() {
        Scenario.play("""
                at  | command                                   | events
                0   | create berlin GA=5 opens=+60 closes=+120  | DropCreated berlin SCHEDULED
                500 | idle                                      | DropOpened berlin SCHEDULE, DropClosed berlin SCHEDULE
                """);
    }

    @Test
    void shouldGiveHoldsFromBeforeAStartSixtySeconds() {
        Scenario.play("""
                at      | command                               | events                        | stock
                0       | create berlin GA=9 hold=100 grace=0 maxhold=300   |                   |
                        | place h1 berlin a GA:1                | HoldPlaced h1                 |
                        | place h2 berlin a GA:1                | HoldPlaced h2                 |
                        | extend h2 110                         | HoldExtended h2 +110          |
                80      | place h3 berlin a GA:1                | HoldPlaced h3                 |
                        | place h4 berlin a GA:1                | HoldPlaced h4                 |
                        | extend h4 220                         | HoldExtended h4 +300          |
                99      | start 1                               | ServerStarted 1               |
                        | extend h1 20                          | HoldExtended h1 +119          |
                120     | idle                                  | -                             |
                130     | pay p1 h1 0 EUR                       | HoldPaid h1 p1                | GA 5/3/1
                158.999 | idle                                  | -                             |
                159     | idle                                  | HoldExpired h2                |
                180     | idle                                  | HoldExpired h3                |
                300     | idle                                  | HoldExpired h4                | GA 8/0/1
                        | place h5 berlin a GA:1                | HoldPlaced h5                 |
                500     | start 2                               | ServerStarted 2               |
                        | pay p5 h5 0 EUR                       | HoldPaid h5 p5                | GA 7/0/2
                """);
    }

    @Test
    void shouldLetThePaymentWinThatComesFirstAfterALongOutage() {
        Scenario.play("""
                at      | command                     | events                     | stock
                0       | create berlin GA=1          |                            |
                        | place h1 berlin a GA:1      | HoldPlaced h1              |
                        | start 1                     | ServerStarted 1            |
                314.999 | place h2 berlin b GA:1      | CommandRejected SOLD_OUT GA 0+1 |
                315     | pay p1 h1 0 EUR             | HoldExpired h1, HoldPaid h1 p1 reacquired, DropSoldOut berlin OPEN GA 0/0/1 | GA 0/0/1
                        | place h2 berlin b GA:1      | CommandRejected SOLD_OUT GA 0+0 final | GA 0/0/1
                """);
    }

    /** An outage over many deadlines: whoever retries within the minute still has the hold; schedules go by the clock. */
    @Test
    void shouldExpireNothingByTheStartItselfAfterAnOutage() {
        Scenario.play("""
                at   | command                          | events                                         | stock
                0    | create berlin GA=3 closes=+500   |                                                |
                     | place h1 berlin a GA:1           | HoldPlaced h1                                  |
                     | place h2 berlin b GA:1           | HoldPlaced h2                                  |
                     | extend h2 400                    | HoldExtended h2 +400                           |
                     | place h3 berlin c GA:1           | HoldPlaced h3                                  | GA 0/3/0
                4000 | start 2                          | ServerStarted 2, DropClosed berlin SCHEDULE    | GA 0/3/0
                     | extend h1 300                    | CommandRejected HOLD_NOT_LIVE                  |
                4059 | pay p1 h1 0 EUR                  | HoldPaid h1 p1                                 | GA 0/2/1
                4060 | idle                             | HoldExpired h2, HoldExpired h3                 | GA 2/0/1
                """);
    }

    @Test
    void shouldKnowWhenTheNextThingIsDue() {
        final CoreDriver driver = new CoreDriver(1);
        assertThat(driver.core().nextDueAtMs()).isEqualTo(Long.MAX_VALUE);
        driver.run("create berlin GA=5 opens=+60 closes=+1000 grace=0");
        assertThat(driver.core().nextDueAtMs()).isEqualTo(Command.START_MS + 60_000);
        driver.run("open berlin");
        assertThat(driver.core().nextDueAtMs()).isEqualTo(Command.START_MS + 1_000_000);
        driver.run("place h1 berlin a GA:1");
        assertThat(driver.core().nextDueAtMs()).isEqualTo(Command.START_MS + 300_000);
        driver.run("extend h1 400");
        assertThat(driver.core().nextDueAtMs()).isEqualTo(Command.START_MS + 400_000);
        driver.run("release h1");
        driver.run("close berlin");
        assertThat(driver.core().nextDueAtMs()).isEqualTo(Long.MAX_VALUE);
    }
}
