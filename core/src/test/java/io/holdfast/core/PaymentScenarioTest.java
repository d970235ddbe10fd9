package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every payment ends as exactly one order or exactly one refund. */
class PaymentScenarioTest {
    private static final long DAY_S = 24 * 60 * 60;

    @Test
    void shouldMakeAnOrderWhenAHeldHoldIsPaid() {
        Scenario.play("""
                at | command                      | events          | stock    | answer
                0  | create berlin GA=5@4500 EUR  |                 |          |
                   | place h1 berlin alice GA:2   | HoldPlaced h1   | GA 3/2/0 |
                   | pay p1 h1 9000 EUR           | HoldPaid h1 p1  | GA 3/0/2 | p1 h1 9000EUR #3 PAID
                   | pay p1 h1 9000 EUR           | CommandRepeated #3 | GA 3/0/2 | again p1 h1 9000EUR #3 PAID
                   | pay p1 h1 9001 EUR           | CommandRejected KEY_REUSED | GA 3/0/2 | CommandRejected KEY_REUSED
                   | pay p1 h1 9000 USD           | CommandRejected KEY_REUSED | GA 3/0/2 |
                   | pay p1 h2 9000 EUR           | CommandRejected KEY_REUSED | GA 3/0/2 |
                   | pay p2 h1 9000 EUR           | PaymentUnfulfilled p2 ALREADY_PAID | GA 3/0/2 | p2 h1 9000EUR #8 REFUND_DUE ALREADY_PAID
                   | pay p1 h1 9000 EUR           | CommandRepeated #3 | GA 3/0/2 |
                """);
    }

    @Test
    void shouldIgnoreWhetherTheDropIsOpen() {
        Scenario.play("""
                at | command                      | events
                0  | create berlin GA=5           |
                   | place h1 berlin alice GA:2   | HoldPlaced h1
                   | place h2 berlin alice GA:2   | HoldPlaced h2
                   | pause berlin                 | DropPaused berlin
                   | pay p1 h1 0 EUR              | HoldPaid h1 p1
                   | close berlin                 | DropClosed berlin OPERATOR
                   | pay p2 h2 77 USD             | HoldPaid h2 p2
                """);
    }

    @Test
    void shouldTakeStockAgainWhenALatePaymentFindsIt() {
        Scenario.play("""
                at  | command                      | events                          | stock    | answer
                0   | create berlin GA=5@10 EUR max=3 |                              |          |
                    | place h1 berlin alice GA:2   | HoldPlaced h1                   | GA 3/2/0 |
                    | place h2 berlin bob GA:3     | HoldPlaced h2                   | GA 0/5/0 |
                    | release h1                   | HoldReleased h1                 | GA 2/3/0 |
                    | pay p1 h1 20 EUR             | HoldPaid h1 p1 reacquired       | GA 0/3/2 | p1 h1 20EUR #5 PAID reacquired
                    | pay p2 h1 20 EUR             | PaymentUnfulfilled p2 ALREADY_PAID | GA 0/3/2 |
                315 | pay p3 h2 30 EUR             | HoldExpired h2, HoldPaid h2 p3 reacquired, DropSoldOut berlin OPEN GA 0/0/5 | GA 0/0/5 | p3 h2 30EUR #7 PAID reacquired
                    | release h2                   | CommandRejected HOLD_NOT_LIVE   | GA 0/0/5 |
                    | extend h2 60                 | CommandRejected HOLD_NOT_LIVE   | GA 0/0/5 |
                """);
    }

    @Test
    void shouldRefundALatePaymentWhenTheStockIsGone() {
        Scenario.play("""
                at | command                      | events                          | stock
                0  | create berlin GA=5 VIP=1     |                                 |
                   | place h1 berlin alice GA:3,VIP:1 | HoldPlaced h1               |
                   | release h1                   | HoldReleased h1                 | GA 5/0/0 VIP 1/0/0
                   | place h2 berlin bob VIP:1    | HoldPlaced h2                   | GA 5/0/0 VIP 0/1/0
                   | pay p1 h1 0 EUR              | PaymentUnfulfilled p1 SOLD_OUT  | GA 5/0/0 VIP 0/1/0
                   | release h2                   | HoldReleased h2                 | GA 5/0/0 VIP 1/0/0
                   | pay p1 h1 0 EUR              | CommandRepeated #5 SOLD_OUT     | GA 5/0/0 VIP 1/0/0
                   | pay p2 h1 0 EUR              | HoldPaid h1 p2 reacquired       | GA 2/0/3 VIP 0/0/1
                """);
    }

    @Test
    void shouldRefundALatePaymentWhenTheBuyerIsAtTheLimit() {
        Scenario.play("""
                at | command                      | events                            | stock
                0  | create berlin GA=5 max=3     |                                   |
                   | place h1 berlin alice GA:2   | HoldPlaced h1                     |
                   | release h1                   | HoldReleased h1                   |
                   | place h2 berlin alice GA:2   | HoldPlaced h2                     | GA 3/2/0
                   | pay p1 h1 0 EUR              | PaymentUnfulfilled p1 BUYER_LIMIT | GA 3/2/0
                   | place h3 berlin bob GA:3     | HoldPlaced h3                     | GA 0/5/0
                   | pay p2 h1 0 EUR              | PaymentUnfulfilled p2 BUYER_LIMIT | GA 0/5/0
                   | release h2                   | HoldReleased h2                   | GA 2/3/0
                   | pay p3 h1 0 EUR              | HoldPaid h1 p3 reacquired         | GA 0/3/2
                   | place h4 berlin alice GA:2   | CommandRejected BUYER_LIMIT 2/3   |
                """);
    }

    /** Each payment is wrong in every way from its own on; the first in the contract's order is what is said. */
    @Test
    void shouldGiveTheFirstReasonInOrderOfPrecedence() {
        Scenario.play("""
                at | command                      | events
                0  | create berlin GA=2@10 EUR max=2 |
                   | place h1 berlin alice GA:1   | HoldPlaced h1
                   | place h2 berlin alice GA:1   | HoldPlaced h2
                   | release h1                   | HoldReleased h1
                   | place h3 berlin alice GA:1   | HoldPlaced h3
                   | pay p2 h2 10 EUR             | HoldPaid h2 p2
                   | pay q1 h9 11 USD             | PaymentUnfulfilled q1 HOLD_UNKNOWN
                   | pay q2 h2 11 USD             | PaymentUnfulfilled q2 ALREADY_PAID
                   | pay q3 h1 11 USD             | PaymentUnfulfilled q3 CURRENCY_MISMATCH
                   | pay q4 h1 11 EUR             | PaymentUnfulfilled q4 AMOUNT_MISMATCH
                   | pay q5 h1 10 EUR             | PaymentUnfulfilled q5 BUYER_LIMIT
                   | pay q6 h3 11 USD             | PaymentUnfulfilled q6 CURRENCY_MISMATCH
                   | pay q7 h3 9 EUR              | PaymentUnfulfilled q7 AMOUNT_MISMATCH
                   | pay p3 h3 10 EUR             | HoldPaid h3 p3, DropSoldOut berlin OPEN GA 0/0/2
                """);
    }

    @Test
    void shouldRefundAPaymentAfterItsDropWasArchived() {
        Scenario.play("""
                at | command                      | events
                0  | create berlin GA=5           |
                   | place h1 berlin alice GA:2   | HoldPlaced h1
                   | place h2 berlin alice GA:1   | HoldPlaced h2
                   | pay p1 h1 0 EUR              | HoldPaid h1 p1
                   | release h2                   | HoldReleased h2
                   | close berlin                 | DropClosed berlin OPERATOR
                   | archive berlin               | DropArchived berlin
                   | pay p1 h1 0 EUR              | CommandRepeated #4
                   | pay p2 h1 0 EUR              | PaymentUnfulfilled p2 HOLD_UNKNOWN
                   | pay p3 h2 0 EUR              | PaymentUnfulfilled p3 HOLD_UNKNOWN
                """);
    }

    @Test
    void shouldSettleEachRefundOnce() {
        Scenario.play("""
                at | command                 | events                             | answer
                0  | pay p1 h9 700 EUR       | PaymentUnfulfilled p1 HOLD_UNKNOWN | p1 h9 700EUR #1 REFUND_DUE HOLD_UNKNOWN
                   | settle p1               | RefundSettled p1                   | p1 h9 700EUR #1 REFUND_SETTLED HOLD_UNKNOWN
                   | settle p1               | CommandRepeated #1                 | again p1 h9 700EUR #1 REFUND_SETTLED HOLD_UNKNOWN
                   | pay p1 h9 700 EUR       | CommandRepeated #1 HOLD_UNKNOWN    | again p1 h9 700EUR #1 REFUND_SETTLED HOLD_UNKNOWN
                   | settle p2               | CommandRejected UNKNOWN_PAYMENT    |
                   | create berlin GA=2      |                                    |
                   | place h1 berlin a GA:1  | HoldPlaced h1                      |
                   | pay p3 h1 0 EUR         | HoldPaid h1 p3                     |
                   | settle p3               | CommandRejected UNKNOWN_PAYMENT    |
                """);
    }

    @Test
    void shouldForgetPaymentsAfterThirtyFiveDaysButNoneWhoseRefundIsDue() {
        // given
        final CoreDriver driver = new CoreDriver(1);
        driver.run("create berlin GA=9");
        driver.run("place h1 berlin a GA:1");
        driver.run("pay paid h1 0 EUR");
        driver.run("pay due h8 1 EUR");

        // when the paid one is a moment short of its time, then at it
        driver.at(35 * DAY_S - 0.001).run("pay q1 h9 1 EUR");
        final var before = driver.run("pay paid h1 0 EUR");
        driver.at(35 * DAY_S).run("pay q2 h9 1 EUR");
        final var after = driver.run("pay paid h1 0 EUR");

        // then
        assertThat(before).containsExactly("CommandRepeated #3");
        assertThat(after).containsExactly("PaymentUnfulfilled paid ALREADY_PAID");
        assertThat(driver.run("pay due h8 1 EUR")).containsExactly("CommandRepeated #4 HOLD_UNKNOWN");

        // when the refund is settled much later, its own time begins
        driver.at(100 * DAY_S).run("settle due");
        driver.at(135 * DAY_S - 0.001).run("pay q3 h9 1 EUR");
        assertThat(driver.run("pay due h8 1 EUR")).containsExactly("CommandRepeated #4 HOLD_UNKNOWN");
        driver.at(135 * DAY_S).run("pay q4 h9 1 EUR");
        assertThat(driver.run("pay due h8 1 EUR")).containsExactly("PaymentUnfulfilled due HOLD_UNKNOWN");
    }

    @Test
    void shouldRefusePaymentsWhenTheirMemoryIsFullAndForgetNoneEarly() {
        final long full = 35 * DAY_S;
        Scenario.play("""
                at  | command                      | events
                0   | rules payments=3             |
                    | create berlin GA=5           |
                    | place h1 berlin a GA:1       | HoldPlaced h1
                    | place h2 berlin a GA:1       | HoldPlaced h2
                    | pay due h9 1 EUR             | PaymentUnfulfilled due HOLD_UNKNOWN
                    | pay p1 h1 0 EUR              | HoldPaid h1 p1
                1   | pay p2 h9 0 EUR              | PaymentUnfulfilled p2 HOLD_UNKNOWN
                    | pay p3 h2 0 EUR              | CommandRejected OVERLOADED
                    | pay p1 h1 0 EUR              | CommandRepeated #6
                    | settle due                   | RefundSettled due
                    | pay p3 h2 0 EUR              | CommandRejected OVERLOADED
                %1$d| pay p3 h2 0 EUR              | HoldExpired h2, HoldPaid h2 p3 reacquired
                    | pay p4 h2 0 EUR              | CommandRejected OVERLOADED
                """.formatted(full));
    }

    /** A refund that nobody settles must not keep the payments behind it, whose time is over, in the way. */
    @Test
    void shouldMakeRoomForPaymentsThoughAnOldRefundIsDue() {
        Scenario.play("""
                at  | command                      | events
                0   | rules payments=2             |
                    | create berlin GA=5           |
                    | place h1 berlin a GA:1       | HoldPlaced h1
                    | pay due h9 1 EUR             | PaymentUnfulfilled due HOLD_UNKNOWN
                    | pay p1 h1 0 EUR              | HoldPaid h1 p1
                    | pay p2 h9 0 EUR              | CommandRejected OVERLOADED
                %1$d| pay p2 h9 0 EUR              | PaymentUnfulfilled p2 HOLD_UNKNOWN
                    | pay due h9 1 EUR             | CommandRepeated #4 HOLD_UNKNOWN
                """.formatted(35 * DAY_S));
    }
}
