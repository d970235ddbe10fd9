package io.holdfast.core;

import org.junit.jupiter.api.Test;

/** A key names one press of Buy, and a command that is submitted twice has one effect and one verdict. */
class IdempotencyScenarioTest {
    @Test
    void shouldAnswerWithTheHoldAsItIsNowWhenAGrantedKeyComesAgain() {
        Scenario.play("""
                at  | command                          | events             | stock    | answer
                0   | create berlin GA=5               |                    |          |
                    | place h1 berlin alice GA:1 key=k | HoldPlaced h1      | GA 4/1/0 |
                1   | place h2 berlin alice GA:1 key=k | CommandRepeated #2 | GA 4/1/0 | again h1 berlin alice GA:1 HELD #2 +0..+300
                2   | extend h1 310                    | HoldExtended h1 +312 |        |
                3   | place h3 berlin alice GA:1 key=k | CommandRepeated #2 | GA 4/1/0 | again h1 berlin alice GA:1 HELD #2 +0..+312
                    | pay p1 h1 0 EUR                  | HoldPaid h1 p1     | GA 4/0/1 |
                900 | place h4 berlin alice GA:1 key=k | CommandRepeated #2 | GA 4/0/1 | again h1 berlin alice GA:1 PAID #2 +0..+312
                    | place h5 berlin alice GA:1 key=l | HoldPlaced h5      | GA 3/1/1 |
                    | release h5                       | HoldReleased h5    | GA 4/0/1 |
                    | place h6 berlin alice GA:1 key=l | CommandRepeated #8 | GA 4/0/1 | again h5 berlin alice GA:1 RELEASED #8 +900..+1200
                    | place h7 berlin alice GA:1 key=m | HoldPlaced h7      | GA 3/1/1 |
                2000| place h8 berlin alice GA:1 key=m | HoldExpired h7, CommandRepeated #11 | GA 4/0/1 | again h7 berlin alice GA:1 EXPIRED #11 +900..+1200
                """);
    }

    @Test
    void shouldCompareItemsWhateverTheirOrder() {
        Scenario.play("""
                at | command                            | events
                0  | create berlin A=5 B=5 C=5          |
                   | place h1 berlin alice A:1,B:2 key=k | HoldPlaced h1
                   | place h2 berlin alice B:2,A:1 key=k | CommandRepeated #2
                   | place h3 berlin alice B:1,A:2 key=k | CommandRejected KEY_REUSED
                   | place h4 berlin alice A:1 key=k     | CommandRejected KEY_REUSED
                   | place h5 berlin alice A:1,B:2,C:1 key=k | CommandRejected KEY_REUSED
                   | place h6 berlin alice A:1,C:2 key=k | CommandRejected KEY_REUSED
                   | place h7 berlin alice A:1,A:1 key=k | CommandRejected KEY_REUSED
                   | place h8 berlin alice A:1,X:2 key=k | CommandRejected KEY_REUSED
                """);
    }

    @Test
    void shouldScopeAKeyToDropAndBuyer() {
        Scenario.play("""
                at | command                          | events
                0  | create berlin GA=5               |
                   | create oslo GA=5                 |
                   | place h1 berlin alice GA:1 key=k | HoldPlaced h1
                   | place h2 berlin bob GA:2 key=k   | HoldPlaced h2
                   | place h3 oslo alice GA:3 key=k   | HoldPlaced h3
                   | place h4 berlin bob GA:2 key=k   | CommandRepeated #4
                   | place h5 berlin alic GA:1 key=ek | HoldPlaced h5
                   | place h6 berlin alice GA:1 key=K | HoldPlaced h6
                """);
    }

    @Test
    void shouldRememberSoldOutAndBuyerLimitForAMinute() {
        Scenario.play("""
                at     | command                            | events                             | stock
                0      | create berlin GA=2 max=2           |                                    |
                       | place h1 berlin alice GA:2         | HoldPlaced h1                      |
                       | place h2 berlin bob GA:1 key=k     | CommandRejected SOLD_OUT GA 0+2    |
                       | place h3 berlin alice GA:1 key=k   | CommandRejected BUYER_LIMIT 2/2    |
                       | release h1                         | HoldReleased h1                    | GA 2/0/0
                59.999 | place h4 berlin bob GA:1 key=k     | CommandRepeated #3 SOLD_OUT        | GA 2/0/0
                       | place h5 berlin alice GA:1 key=k   | CommandRepeated #4 BUYER_LIMIT     | GA 2/0/0
                       | place h6 berlin alice GA:2 key=k   | CommandRejected KEY_REUSED         | GA 2/0/0
                60     | place h7 berlin bob GA:1 key=k     | HoldPlaced h7                      | GA 1/1/0
                       | place h8 berlin alice GA:2 key=k   | CommandRejected SOLD_OUT GA 1+1    | GA 1/1/0
                       | place h9 berlin alice GA:2 key=k   | CommandRepeated #10 SOLD_OUT       | GA 1/1/0
                       | place h10 berlin bob GA:1 key=k    | CommandRepeated #9                 | GA 1/1/0
                120    | place h11 berlin alice GA:1 key=k  | HoldPlaced h11                     | GA 0/2/0
                """);
    }

    @Test
    void shouldAnswerARememberedRefusalAsItWasSaid() {
        Scenario.play("""
                at | command                          | events                          | answer
                0  | create berlin GA=2               |                                 |
                   | place h1 berlin alice GA:2       | HoldPlaced h1                   |
                   | place h2 berlin bob GA:1 key=k   | CommandRejected SOLD_OUT GA 0+2 | CommandRejected SOLD_OUT GA 0+2
                   | pay p1 h1 0 EUR                  | HoldPaid h1 p1, DropSoldOut berlin OPEN GA 0/0/2 |
                   | place h3 berlin bob GA:1 key=k   | CommandRepeated #3 SOLD_OUT     | again CommandRejected SOLD_OUT GA 0+2
                """);
    }

    @Test
    void shouldDecideAnewWhenAnotherRefusalOrNoKeyCameBefore() {
        Scenario.play("""
                at | command                            | events
                0  | create berlin GA=2                 |
                   | pause berlin                       |
                   | place h1 berlin bob GA:1 key=k     | CommandRejected DROP_PAUSED
                   | place h1 berlin bob XX:1 key=x     | CommandRejected UNKNOWN_SKU XX
                   | open berlin                        | DropOpened berlin OPERATOR
                   | place h1 berlin bob GA:1 key=k     | HoldPlaced h1
                   | place h2 berlin bob GA:1 key=x     | HoldPlaced h2
                   | place h3 berlin bob GA:1           | CommandRejected SOLD_OUT GA 0+2
                   | release h1                         | HoldReleased h1
                   | place h3 berlin bob GA:1           | HoldPlaced h3
                """);
    }

    @Test
    void shouldKeepGrantedKeysWhateverTheNumberOfRefusals() {
        Scenario.play("""
                at | command                          | events
                0  | rules refusals=2 finished=2      | RulesActivated 1
                   | create berlin GA=1               |
                   | place h1 berlin alice GA:1 key=k | HoldPlaced h1
                   | place h2 berlin bob GA:1 key=1   | CommandRejected SOLD_OUT GA 0+1
                   | place h2 berlin bob GA:1 key=2   | CommandRejected SOLD_OUT GA 0+1
                   | place h2 berlin bob GA:1 key=3   | CommandRejected SOLD_OUT GA 0+1
                   | place h2 berlin bob GA:1 key=1   | CommandRejected SOLD_OUT GA 0+1
                   | place h2 berlin bob GA:1 key=3   | CommandRepeated #6 SOLD_OUT
                   | place h2 berlin bob GA:1 key=1   | CommandRepeated #7 SOLD_OUT
                   | place h3 berlin alice GA:1 key=k | CommandRepeated #3
                """);
    }

    /** The same command again, as when a leader changed before its answer came. */
    @Test
    void shouldGiveOneVerdictWhenACommandIsSubmittedTwice() {
        Scenario.play("""
                at | command                             | events                        | stock
                0  | create berlin GA=5@100 EUR          | DropCreated berlin OPEN       | GA 5/0/0
                   | create berlin GA=5@100 EUR          | CommandRepeated #1            | GA 5/0/0
                   | place h1 berlin alice GA:2          | HoldPlaced h1                 | GA 3/2/0
                   | place h1 berlin alice GA:2          | CommandRepeated #3            | GA 3/2/0
                   | place h1 berlin alice GA:1          | CommandRejected KEY_REUSED    | GA 3/2/0
                   | place h1 berlin bob GA:2            | CommandRejected KEY_REUSED    | GA 3/2/0
                   | place h1 berlin alice GA:2 key=k    | CommandRejected KEY_REUSED    | GA 3/2/0
                10 | extend h1 320                       | HoldExtended h1 +330          | GA 3/2/0
                   | extend h1 320                       | CommandRepeated #3            | GA 3/2/0
                   | adjust berlin GA -1 key=a           | StockAdjusted berlin GA -1 to 4 | GA 2/2/0
                   | adjust berlin GA 1 key=b            | StockAdjusted berlin GA 1 to 5  | GA 3/2/0
                   | adjust berlin GA -1 key=a           | CommandRepeated #10           | GA 3/2/0
                   | adjust berlin GA -2 key=a           | CommandRejected KEY_REUSED    | GA 3/2/0
                   | adjust berlin XX -1 key=a           | CommandRejected KEY_REUSED    | GA 3/2/0
                   | pay p1 h1 200 EUR                   | HoldPaid h1 p1                | GA 3/0/2
                   | pay p1 h1 200 EUR                   | CommandRepeated #15           | GA 3/0/2
                   | pay p2 h9 200 EUR                   | PaymentUnfulfilled p2 HOLD_UNKNOWN |
                   | pay p2 h9 200 EUR                   | CommandRepeated #17 HOLD_UNKNOWN   |
                   | settle p2                           | RefundSettled p2              |
                   | settle p2                           | CommandRepeated #17           |
                   | pause berlin                        | DropPaused berlin             |
                   | pause berlin                        | CommandRepeated #21           |
                   | open berlin                         | DropOpened berlin OPERATOR    |
                   | open berlin                         | CommandRepeated #23           |
                   | close berlin                        | DropClosed berlin OPERATOR    |
                   | close berlin                        | CommandRepeated #25           |
                   | archive berlin                      | DropArchived berlin           |
                   | archive berlin                      | CommandRepeated #27           |
                """);
    }

    @Test
    void shouldKnowAHoldsIdOnAnotherDropAsReused() {
        Scenario.play("""
                at | command                      | events
                0  | create berlin GA=5           |
                   | create oslo GA=5             |
                   | place h1 berlin alice GA:2   | HoldPlaced h1
                   | place h1 oslo alice GA:2     | CommandRejected KEY_REUSED
                """);
    }

    @Test
    void shouldReleaseOnceWhenReleasedTwice() {
        Scenario.play("""
                at  | command                      | events                         | answer
                0   | create berlin GA=5           |                                |
                    | place h1 berlin alice GA:2   | HoldPlaced h1                  |
                    | release h1                   | HoldReleased h1                | h1 berlin alice GA:2 RELEASED #2 +0..+300
                900 | release h1                   | CommandRepeated #2             | again h1 berlin alice GA:2 RELEASED #2 +0..+300
                    | place h2 berlin alice GA:2   | HoldPlaced h2                  |
                2000| release h2                   | HoldExpired h2, CommandRejected HOLD_NOT_LIVE |
                    | release h9                   | CommandRejected UNKNOWN_HOLD   |
                """);
    }
}
