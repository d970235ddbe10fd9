package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The life of a drop, its stock by the operator's hand, and the named maxima. */
class DropScenarioTest {
    @Test
    void shouldKnowADropByItsWholeDefinition() {
        Scenario.play("""
                at | command                                          | events                      | answer
                0  | create berlin GA=5@10 VIP=1@20 EUR max=2 title=B | DropCreated berlin OPEN     | berlin OPEN GA 5/0/0 VIP 1/0/0
                   | place h1 berlin a GA:1                           | HoldPlaced h1               |
                   | adjust berlin GA 7 key=a                         | StockAdjusted berlin GA 7 to 12 |
                   | pause berlin                                     | DropPaused berlin           |
                   | create berlin GA=5@10 VIP=1@20 EUR max=2 title=B | CommandRepeated #1          | again berlin PAUSED GA 11/1/0 VIP 1/0/0
                   | create berlin GA=6@10 VIP=1@20 EUR max=2 title=B | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@11 VIP=1@20 EUR max=2 title=B | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@10 VIP=1@20 USD max=2 title=B | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@10 VIX=1@20 EUR max=2 title=B | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@10 VIP=1@20 EUR max=3 title=B | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@10 VIP=1@20 EUR max=2 title=C | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@10 EUR max=2 title=B          | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@10 VIP=1@20 EUR max=2 title=B hold=299 | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@10 VIP=1@20 EUR max=2 title=B grace=14 | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@10 VIP=1@20 EUR max=2 title=B opens=+9 | CommandRejected DROP_EXISTS |
                   | create berlin GA=5@10 VIP=1@20 EUR max=2 title=B closes=+9 | CommandRejected DROP_EXISTS |
                """);
    }

    @Test
    void shouldRefuseDefinitionsThatMakeNoSense() {
        Scenario.play("""
                at | command                             | events
                0  | create d                            | CommandRejected INVALID_REQUEST
                   | create d GA=-1                      | CommandRejected INVALID_REQUEST
                   | create d GA=10000001                | CommandRejected INVALID_REQUEST
                   | create d GA=1 GA=1                  | CommandRejected INVALID_REQUEST
                   | create d GA=1 max=-1                | CommandRejected INVALID_REQUEST
                   | create d GA=1 hold=0                | CommandRejected INVALID_REQUEST
                   | create d GA=1 hold=601              | CommandRejected INVALID_REQUEST
                   | create d GA=1 maxhold=86401         | CommandRejected INVALID_REQUEST
                   | create d GA=1 grace=3601            | CommandRejected INVALID_REQUEST
                   | create d GA=1 grace=-1              | CommandRejected INVALID_REQUEST
                   | create d GA=1@5                     | CommandRejected INVALID_REQUEST
                   | create d GA=1 EUR                   | CommandRejected INVALID_REQUEST
                   | create d GA=1@5 VIP=1 EUR           | CommandRejected INVALID_REQUEST
                   | create d GA=1@-5 EUR                | CommandRejected INVALID_REQUEST
                   | create d GA=1@1000000000001 EUR     | CommandRejected INVALID_REQUEST
                   | create d GA=1 opens=+9 closes=+8    | CommandRejected INVALID_REQUEST
                   | create d GA=0 hold=86400 maxhold=86400 grace=3600 | DropCreated d OPEN
                """);
    }

    @Test
    void shouldMoveBetweenItsStatesAndNeverLeaveClosed() {
        Scenario.play("""
                at | command                  | events
                0  | open berlin              | CommandRejected UNKNOWN_DROP
                   | pause berlin             | CommandRejected UNKNOWN_DROP
                   | close berlin             | CommandRejected UNKNOWN_DROP
                   | archive berlin           | CommandRejected UNKNOWN_DROP
                   | adjust berlin GA 1 key=k | CommandRejected UNKNOWN_DROP
                   | create berlin GA=5       | DropCreated berlin OPEN
                   | place h1 berlin a GA:1   | HoldPlaced h1
                   | open berlin              | CommandRepeated #7
                   | pause berlin             | DropPaused berlin
                   | extend h1 400            | HoldExtended h1 +400
                   | close berlin             | DropClosed berlin OPERATOR
                   | release h1               | HoldReleased h1
                   | open berlin              | CommandRejected DROP_CLOSED
                   | pause berlin             | CommandRejected DROP_CLOSED
                   | close berlin             | CommandRepeated #12
                """);
    }

    @Test
    void shouldLeaveMemoryButKeepItsNameAndLastImageWhenArchived() {
        Scenario.play("""
                at | command                          | events                      | answer
                0  | create berlin GA=5               | DropCreated berlin OPEN     |
                   | place h1 berlin a GA:1 key=k     | HoldPlaced h1               |
                   | place h2 berlin a GA:1           | HoldPlaced h2               |
                   | archive berlin                   | CommandRejected HOLDS_LIVE  |
                   | close berlin                     | DropClosed berlin OPERATOR  |
                   | archive berlin                   | CommandRejected HOLDS_LIVE  |
                   | pay p1 h1 0 EUR                  | HoldPaid h1 p1              |
                   | release h2                       | HoldReleased h2             |
                   | archive berlin                   | DropArchived berlin         | berlin CLOSED GA 4/0/1
                   | archive berlin                   | CommandRepeated #9          | again berlin CLOSED GA 4/0/1
                   | drop berlin                      |                             | CommandRejected UNKNOWN_DROP
                   | hold h1                          |                             | CommandRejected UNKNOWN_HOLD
                   | drops                            |                             | []
                   | place h3 berlin a GA:1 key=k     | CommandRejected UNKNOWN_DROP |
                   | create berlin GA=5               | CommandRejected DROP_EXISTS |
                   | release h2                       | CommandRejected UNKNOWN_HOLD |
                   | extend h1 9                      | CommandRejected UNKNOWN_HOLD |
                   | open berlin                      | CommandRejected UNKNOWN_DROP |
                """);
    }

    /** Its records are freed a few per event; until then nothing may stumble over them. */
    @Test
    void shouldGrantAnIdThatAHoldOfAnArchivedDropHad() {
        final CoreDriver driver = new CoreDriver(1);
        final Replica follower = new Replica(2);
        driver.journalTo(follower);
        driver.run("create berlin GA=100");
        driver.run("create oslo GA=100");
        for (int hold = 1; hold <= 60; hold++) {
            driver.run("place h" + hold + " berlin a GA:1 key=k" + hold);
            driver.run("release h" + hold);
        }
        driver.run("close berlin");
        driver.run("archive berlin");
        final Replica loaded = Replica.from(driver.core(), 3);
        driver.journalTo((sequence, timeMs, record, length) -> {
            follower.onRecord(sequence, timeMs, record, length);
            loaded.onRecord(sequence, timeMs, record, length);
        });

        // when ids from the list's end, not freed yet, are placed on another drop
        for (int hold = 60; hold > 0; hold--) {
            assertThat(driver.run("place h" + hold + " oslo a GA:1 key=k" + hold))
                    .containsExactly("HoldPlaced h" + hold);
        }

        // then
        assertThat(driver.stock("oslo")).isEqualTo("GA 40/60/0");
        assertThat(driver.ask("hold h1")).contains("oslo");
        assertThat(follower.core().stateHash()).isEqualTo(driver.core().stateHash());
        assertThat(loaded.core().stateHash()).isEqualTo(driver.core().stateHash());
    }

    @Test
    void shouldAdjustStockWithinWhatIsFree() {
        Scenario.play("""
                at | command                          | events                          | stock
                0  | create berlin GA=5               |                                 |
                   | place h1 berlin a GA:2           | HoldPlaced h1                   | GA 3/2/0
                   | adjust berlin GA -4 key=a        | CommandRejected STOCK_IN_USE    | GA 3/2/0
                   | adjust berlin GA -3 key=a        | StockAdjusted berlin GA -3 to 2 | GA 0/2/0
                   | adjust berlin GA -1 key=b        | CommandRejected STOCK_IN_USE    | GA 0/2/0
                   | adjust berlin GA 9999999 key=c   | CommandRejected TOO_MANY        | GA 0/2/0
                   | adjust berlin GA 9999998 key=c   | StockAdjusted berlin GA 9999998 to 10000000 | GA 9999998/2/0
                   | adjust berlin GA 2147483647 key=d| CommandRejected TOO_MANY        | GA 9999998/2/0
                   | adjust berlin GA -2147483648 key=d| CommandRejected STOCK_IN_USE   | GA 9999998/2/0
                   | adjust berlin XX 1 key=d         | CommandRejected UNKNOWN_SKU XX  |
                   | adjust berlin GA 0 key=d         | StockAdjusted berlin GA 0 to 10000000 |
                   | adjust berlin GA -1              | CommandRejected INVALID_REQUEST | GA 9999998/2/0
                   | close berlin                     | DropClosed berlin OPERATOR      |
                   | adjust berlin GA -9999998 key=z  | StockAdjusted berlin GA -9999998 to 2 | GA 0/2/0
                """);
    }

    @Test
    void shouldRefuseOrForgetBeyondEachNamedMaximum() {
        Scenario.play("""
                at | command                                    | events
                0  | rules live=2 finished=2 adjustments=2 drops=2 names=3 skus=2 | RulesActivated 1
                   | create a A=9 B=9 C=9                       | CommandRejected TOO_MANY
                   | create a A=9 B=9                           | DropCreated a OPEN
                   | create b GA=9                              | DropCreated b OPEN
                   | create c GA=9                              | CommandRejected TOO_MANY
                   | create a A=9 B=9                           | CommandRepeated #3
                   | close b                                    | DropClosed b OPERATOR
                   | archive b                                  | DropArchived b
                   | create c GA=9                              | DropCreated c OPEN
                   | close c                                    | DropClosed c OPERATOR
                   | archive c                                  | DropArchived c
                   | create d GA=9                              | CommandRejected TOO_MANY
                   | place h1 a x A:1 key=1                     | HoldPlaced h1
                   | place h2 a x A:1 key=2                     | HoldPlaced h2
                   | place h3 a x A:1 key=3                     | CommandRejected OVERLOADED
                   | place h2 a x A:1 key=2                     | CommandRepeated #14
                   | release h1                                 | HoldReleased h1
                   | place h3 a x A:1 key=3                     | HoldPlaced h3
                   | release h2                                 | HoldReleased h2
                   | release h3                                 | HoldReleased h3
                   | place h4 a x A:1 key=2                     | CommandRepeated #14
                   | place h4 a x A:1 key=1                     | HoldPlaced h4
                   | release h1                                 | CommandRejected UNKNOWN_HOLD
                   | pay p h1 0 EUR                             | PaymentUnfulfilled p HOLD_UNKNOWN
                   | adjust a A 1 key=1                         | StockAdjusted a A 1 to 10
                   | adjust a A 1 key=2                         | StockAdjusted a A 1 to 11
                   | adjust a A 1 key=3                         | StockAdjusted a A 1 to 12
                   | adjust a A 1 key=2                         | CommandRepeated #26
                   | adjust a A 1 key=1                         | StockAdjusted a A 1 to 13
                """);
    }

    /** What is there above a lowered maximum goes two by two, and a snapshot in between carries all of it. */
    @Test
    void shouldShrinkToALoweredMaximumByEventsOnly() {
        final CoreDriver driver = new CoreDriver(1);
        driver.run("create berlin GA=1000");
        for (int i = 1; i <= 10; i++) {
            driver.run("place h" + i + " berlin a GA:1 key=k" + i);
            driver.run("release h" + i);
            driver.run("adjust berlin GA 1 key=a" + i);
            driver.run("create d" + i + " GA=1");
            driver.run("close d" + i);
            driver.run("archive d" + i);
        }
        driver.run("rules finished=2 adjustments=2 drops=2");

        final CoreDriver copy = new CoreDriver(Replica.copyOf(driver.core(), 9));

        assertThat(copy.core().stateHash()).isEqualTo(driver.core().stateHash());
        for (int i = 1; i <= 10; i++) {
            for (final String command : new String[] {
                "archive d" + i,
                "adjust berlin GA 1 key=a" + i,
                "hold h" + i,
                "place h" + i + " berlin a GA:1 key=k" + i
            }) {
                assertThat(copy.run(command)).isEqualTo(driver.run(command));
                assertThat(copy.answerText()).isEqualTo(driver.answerText());
            }
        }
        for (int i = 11; i <= 40; i++) {
            driver.run("place h" + i + " berlin b GA:1");
            driver.run("release h" + i);
        }
        assertThat(driver.ask("holds berlin buyer=b status=RELEASED"))
                .contains("h39 ", "h40 ")
                .doesNotContain("h38 ");
    }
}
