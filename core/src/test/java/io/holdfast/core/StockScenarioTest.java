package io.holdfast.core;

import org.junit.jupiter.api.Test;

/** Stock, several SKUs at once, the buyer's limit, the two kinds of sold out, and which refusal comes first. */
class StockScenarioTest {
    @Test
    void shouldMoveStockWhenHoldIsPlacedAndEnds() {
        Scenario.play("""
                at  | command                            | events                     | stock
                0   | create berlin GA=5 VIP=2           | DropCreated berlin OPEN    | GA 5/0/0 VIP 2/0/0
                    | place h1 berlin alice GA:2,VIP:1   | HoldPlaced h1              | GA 3/2/0 VIP 1/1/0
                    | place h2 berlin bob GA:3           | HoldPlaced h2              | GA 0/5/0 VIP 1/1/0
                    | place h3 berlin carol VIP:1        | HoldPlaced h3              | GA 0/5/0 VIP 0/2/0
                    | release h1                         | HoldReleased h1            | GA 2/3/0 VIP 1/1/0
                    | pay p1 h2 0 EUR                    | HoldPaid h2 p1             | GA 2/0/3 VIP 1/1/0
                315 | idle                               | HoldExpired h3             | GA 2/0/3 VIP 2/0/0
                """);
    }

    @Test
    void shouldAnswerTheHoldWhenItIsPlaced() {
        Scenario.play("""
                at  | command                                  | events        | answer
                0   | create berlin GA=5@4500 VIP=2@9000 EUR   |               | berlin OPEN GA 5/0/0 VIP 2/0/0
                1.5 | place h1 berlin alice GA:2,VIP:1 key=k   | HoldPlaced h1 | \
                h1 berlin alice GA:2,VIP:1 HELD #2 +1.500..+301.500 18000EUR
                    | create plain GA=5                        |               |
                    | place h2 plain alice GA:1                | HoldPlaced h2 | \
                h2 plain alice GA:1 HELD #4 +1.500..+301.500
                """);
    }

    @Test
    void shouldTakeNothingWhenOneOfSeveralSkusIsShort() {
        Scenario.play("""
                at | command                                | events                             | stock
                0  | create berlin A=5 B=1 C=5              |                                    |
                   | place h1 berlin alice A:1,B:2,C:9      | CommandRejected SOLD_OUT B 1+0 final | A 5/0/0 B 1/0/0 C 5/0/0
                   | place h2 berlin alice A:1,C:6,B:2      | CommandRejected SOLD_OUT C 5+0 final | A 5/0/0 B 1/0/0 C 5/0/0
                   | place h3 berlin alice A:1,C:5,B:1      | HoldPlaced h3                      | A 4/1/0 B 0/1/0 C 0/5/0
                   | place h4 berlin bob A:4,B:1            | CommandRejected SOLD_OUT B 0+1     | A 4/1/0 B 0/1/0 C 0/5/0
                   | release h3                             | HoldReleased h3                    | A 5/0/0 B 1/0/0 C 5/0/0
                """);
    }

    @Test
    void shouldTakeEightSkusAtOnce() {
        Scenario.play("""
                at | command                                                  | events        | stock
                0  | create d A=1 B=1 C=1 D=1 E=1 F=1 G=1 H=1                 |               |
                   | place h1 d a A:1,B:1,C:1,D:1,E:1,F:1,G:1,H:1             | HoldPlaced h1 | \
                A 0/1/0 B 0/1/0 C 0/1/0 D 0/1/0 E 0/1/0 F 0/1/0 G 0/1/0 H 0/1/0
                   | pay p h1 0 EUR                                           | HoldPaid h1 p, \
                DropSoldOut d OPEN A 0/0/1 B 0/0/1 C 0/0/1 D 0/0/1 E 0/0/1 F 0/0/1 G 0/0/1 H 0/0/1 | \
                A 0/0/1 B 0/0/1 C 0/0/1 D 0/0/1 E 0/0/1 F 0/0/1 G 0/0/1 H 0/0/1
                """);
    }

    @Test
    void shouldSayFinalWhenNoReleaseCouldHelp() {
        Scenario.play("""
                at | command                     | events                                | stock
                0  | create berlin GA=5          |                                       |
                   | place h1 berlin alice GA:3  | HoldPlaced h1                         | GA 2/3/0
                   | place h2 berlin bob GA:3    | CommandRejected SOLD_OUT GA 2+3       | GA 2/3/0
                   | place h3 berlin bob GA:5    | CommandRejected SOLD_OUT GA 2+3       | GA 2/3/0
                   | place h4 berlin bob GA:6    | CommandRejected SOLD_OUT GA 2+3 final | GA 2/3/0
                   | pay p1 h1 0 EUR             | HoldPaid h1 p1                        | GA 2/0/3
                   | place h5 berlin bob GA:3    | CommandRejected SOLD_OUT GA 2+0 final | GA 2/0/3
                   | adjust berlin GA -2 key=a   | StockAdjusted berlin GA -2 to 3, DropSoldOut berlin OPEN GA 0/0/3 | GA 0/0/3
                   | place h6 berlin bob GA:1    | CommandRejected SOLD_OUT GA 0+0 final | GA 0/0/3
                   | adjust berlin GA 1 key=b    | StockAdjusted berlin GA 1 to 4        | GA 1/0/3
                   | place h7 berlin bob GA:1    | HoldPlaced h7                         | GA 0/1/3
                """);
    }

    @Test
    void shouldCountHeldAndSoldAgainstTheBuyersLimit() {
        Scenario.play("""
                at  | command                          | events                          | stock
                0   | create berlin GA=50 VIP=50 max=4 |                                 |
                    | place h1 berlin alice GA:2,VIP:3 | CommandRejected BUYER_LIMIT 0/4 | GA 50/0/0 VIP 50/0/0
                    | place h2 berlin alice GA:2,VIP:1 | HoldPlaced h2                   | GA 48/2/0 VIP 49/1/0
                    | place h3 berlin alice GA:2       | CommandRejected BUYER_LIMIT 3/4 |
                    | place h4 berlin alice GA:1       | HoldPlaced h4                   |
                    | place h5 berlin alice GA:1       | CommandRejected BUYER_LIMIT 4/4 |
                    | pay p1 h2 0 EUR                  | HoldPaid h2 p1                  |
                    | place h6 berlin alice GA:1       | CommandRejected BUYER_LIMIT 4/4 |
                    | release h4                       | HoldReleased h4                 |
                    | place h7 berlin alice GA:1       | HoldPlaced h7                   |
                    | place h8 berlin Alice GA:4       | HoldPlaced h8                   |
                315 | place h9 berlin alice GA:1       | HoldExpired h7, HoldExpired h8, HoldPlaced h9 |
                    | create oslo GA=50 max=4          |                                 |
                    | place h10 oslo alice GA:4        | HoldPlaced h10                  | GA 46/4/0
                """);
    }

    @Test
    void shouldSetNoLimitWhenTheDropHasNone() {
        Scenario.play("""
                at | command                         | events         | stock
                0  | create berlin GA=1000           |                |
                   | place h1 berlin alice GA:100    | HoldPlaced h1  |
                   | place h2 berlin alice GA:100    | HoldPlaced h2  | GA 800/200/0
                """);
    }

    /** Each row breaks every rule from its own on; the earliest in the contract's order is what is said. */
    @Test
    void shouldSayTheFirstRefusalInOrderOfPrecedence() {
        Scenario.play("""
                at | command                                 | events
                0  | create berlin GA=2 max=1                | DropCreated berlin OPEN
                   | create held GA=1                        | DropCreated held OPEN
                   | place h1 berlin alice GA:1 key=k        | HoldPlaced h1
                   | place h90 held zoe GA:1                 | HoldPlaced h90
                   | rules live=2                            | RulesActivated 1
                   | place h2 nowhere alice XX:5 key=k       | CommandRejected UNKNOWN_DROP
                   | place h2 berlin alice XX:5 key=k        | CommandRejected KEY_REUSED
                   | place h2 berlin alice GA:5 key=k        | CommandRejected KEY_REUSED
                   | place h2 berlin alice XX:5,GA:5         | CommandRejected UNKNOWN_SKU XX
                   | place h2 berlin alice GA:5              | CommandRejected BUYER_LIMIT 1/1
                   | place h2 berlin bob GA:1                | CommandRejected OVERLOADED
                   | place h2 held bob GA:1                  | CommandRejected SOLD_OUT GA 0+1
                   | pause berlin                            | DropPaused berlin
                   | place h2 berlin alice GA:5 key=k        | CommandRejected KEY_REUSED
                   | place h2 berlin alice XX:5              | CommandRejected UNKNOWN_SKU XX
                   | place h2 berlin alice GA:5              | CommandRejected DROP_PAUSED
                   | place h2 berlin alice GA:1 key=k        | CommandRepeated #3
                   | close berlin                            | DropClosed berlin OPERATOR
                   | place h2 berlin alice GA:5 key=k        | CommandRejected KEY_REUSED
                   | place h2 berlin alice XX:5              | CommandRejected UNKNOWN_SKU XX
                   | place h2 berlin alice GA:5              | CommandRejected DROP_CLOSED
                   | place h2 berlin alice GA:1 key=k        | CommandRepeated #3
                   | create later GA=2 max=1 opens=+60       | DropCreated later SCHEDULED
                   | place h2 later alice XX:1               | CommandRejected UNKNOWN_SKU XX
                   | place h2 later alice GA:5               | CommandRejected DROP_NOT_OPEN +60
                60 | place h2 later alice GA:2               | DropOpened later SCHEDULE, CommandRejected BUYER_LIMIT 0/1
                   | create tight GA=2 max=5                 | DropCreated tight OPEN
                   | place h2 tight alice GA:6               | CommandRejected BUYER_LIMIT 0/5
                   | place h2 tight alice GA:5               | CommandRejected SOLD_OUT GA 2+0 final
                   | place h2 tight alice GA:2               | CommandRejected OVERLOADED
                """);
    }
}
