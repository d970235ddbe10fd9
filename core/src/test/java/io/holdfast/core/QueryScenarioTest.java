package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the state says when it is asked, page by page, and whom it tells. */
class QueryScenarioTest {
    private static final Pattern HOLD = Pattern.compile("h(\\d+) ");
    private static final Pattern NEXT = Pattern.compile(" next (\\d+)$");

    @Test
    void shouldShowAHoldToItsBuyerAndOnItsDropOnly() {
        Scenario.play("""
                at | command                         | events                       | answer
                0  | create berlin GA=5              |                              |
                   | create oslo GA=5                |                              |
                   | place h1 berlin alice GA:1      | HoldPlaced h1                |
                   | hold h1                         |                              | h1 berlin alice GA:1 HELD #3 +0..+300
                   | hold h1 drop=berlin buyer=alice |                              | h1 berlin alice GA:1 HELD #3 +0..+300
                   | hold h1 drop=oslo               |                              | CommandRejected UNKNOWN_HOLD
                   | hold h1 buyer=bob               |                              | CommandRejected UNKNOWN_HOLD
                   | hold h1 drop=berlin buyer=alic  |                              | CommandRejected UNKNOWN_HOLD
                   | hold h2                         |                              | CommandRejected UNKNOWN_HOLD
                   | extend h1 400 drop=oslo         | CommandRejected UNKNOWN_HOLD |
                   | extend h1 400 buyer=bob         | CommandRejected UNKNOWN_HOLD |
                   | extend h1 400 drop=berlin buyer=alice | HoldExtended h1 +400   |
                   | release h1 drop=oslo            | CommandRejected UNKNOWN_HOLD |
                   | release h1 buyer=bob            | CommandRejected UNKNOWN_HOLD |
                   | release h1 drop=berlin buyer=alice | HoldReleased h1           |
                """);
    }

    @Test
    void shouldPageThroughDrops() {
        Scenario.play("""
                at | command                  | events              | answer
                0  | drops                    |                     | []
                   | create a GA=1            | DropCreated a OPEN  |
                   | create b GA=2 opens=+9   | DropCreated b SCHEDULED |
                   | create c GA=3            | DropCreated c OPEN  |
                   | drops                    |                     | [a OPEN GA 1/0/0; b SCHEDULED GA 2/0/0; c OPEN GA 3/0/0]
                   | drops entries=2          |                     | [a OPEN GA 1/0/0; b SCHEDULED GA 2/0/0] next 2
                   | drops after=2 entries=2  |                     | [c OPEN GA 3/0/0]
                   | drops entries=0          |                     | [a OPEN GA 1/0/0] next 1
                   | drops entries=-7         |                     | [a OPEN GA 1/0/0] next 1
                   | drop b                   |                     | b SCHEDULED GA 2/0/0
                   | drop x                   |                     | CommandRejected UNKNOWN_DROP
                   | holds x                  |                     | CommandRejected UNKNOWN_DROP
                   | holds a                  |                     | []
                   | holds a buyer=nobody     |                     | []
                """);
    }

    @Test
    void shouldPageThroughHoldsByCreationWhateverTheFilter() {
        // given
        final CoreDriver driver = new CoreDriver(1);
        driver.run("create berlin GA=10000");
        for (int hold = 1; hold <= 2_500; hold++) {
            driver.run("place h" + hold + " berlin b" + hold % 7 + " GA:1");
            if (hold % 3 == 0) {
                driver.run("release h" + hold);
            } else if (hold % 5 == 0) {
                driver.run("pay p" + hold + " h" + hold + " 0 EUR");
            }
        }

        // then every walk meets every hold that fits, once and in order
        assertThat(walk(driver, "holds berlin", 1_000)).isEqualTo(expected(hold -> true));
        assertThat(walk(driver, "holds berlin", 7)).isEqualTo(expected(hold -> true));
        assertThat(walk(driver, "holds berlin status=RELEASED", 100)).isEqualTo(expected(hold -> hold % 3 == 0));
        assertThat(walk(driver, "holds berlin status=PAID", 1_000))
                .isEqualTo(expected(hold -> hold % 3 != 0 && hold % 5 == 0));
        assertThat(walk(driver, "holds berlin status=EXPIRED", 10)).isEmpty();
        assertThat(walk(driver, "holds berlin buyer=b4", 1)).isEqualTo(expected(hold -> hold % 7 == 4));
        assertThat(walk(driver, "holds berlin buyer=b4 status=HELD", 5))
                .isEqualTo(expected(hold -> hold % 7 == 4 && hold % 3 != 0 && hold % 5 != 0));
    }

    @Test
    void shouldLookAtAThousandEntriesAndSayWhereToGoOn() {
        final CoreDriver driver = new CoreDriver(1);
        driver.run("create berlin GA=10000");
        for (int hold = 1; hold <= 1_001; hold++) {
            driver.run("place h" + hold + " berlin a GA:1");
        }

        assertThat(driver.ask("holds berlin status=PAID")).isEqualTo("[] next 1001");
        assertThat(driver.ask("holds berlin status=PAID after=1001")).isEqualTo("[]");
        assertThat(driver.ask("holds berlin entries=2000")).endsWith(" next 1001");
    }

    @Test
    void shouldGoOnWithABuyersListThoughTheHoldItStoppedAtIsForgotten() {
        // given a buyer's holds between those of another
        final CoreDriver driver = new CoreDriver(1);
        driver.run("create berlin GA=10000");
        driver.run("rules finished=1");
        for (int hold = 1; hold <= 20; hold++) {
            driver.run("place h" + hold + " berlin " + (hold % 2 == 0 ? "even" : "odd") + " GA:1");
        }
        final String page = driver.ask("holds berlin buyer=even entries=3");
        assertThat(numbers(page)).containsExactly(2, 4, 6);

        // when the one that the page ended with is forgotten
        driver.run("release h6");
        driver.run("release h8");
        assertThat(driver.ask("hold h6")).isEqualTo("CommandRejected UNKNOWN_HOLD");

        // then
        assertThat(numbers(driver.ask("holds berlin buyer=even after=" + next(page))))
                .containsExactly(8, 10, 12, 14, 16, 18, 20);
    }

    @Test
    void shouldListTheRefundsDueByRecording() {
        Scenario.play("""
                at | command            | events                             | answer
                0  | refunds            |                                    | []
                   | pay p1 h9 1 EUR    | PaymentUnfulfilled p1 HOLD_UNKNOWN |
                   | create berlin GA=5 |                                    |
                   | place h1 berlin a GA:1 |                                |
                   | pay p2 h1 0 EUR    | HoldPaid h1 p2                     |
                   | pay p3 h1 0 EUR    | PaymentUnfulfilled p3 ALREADY_PAID |
                   | pay p4 h9 4 USD    | PaymentUnfulfilled p4 HOLD_UNKNOWN |
                   | refunds            |                                    | \
                [p1 h9 1EUR #1 REFUND_DUE HOLD_UNKNOWN; p3 h1 0EUR #5 REFUND_DUE ALREADY_PAID; p4 h9 4USD #6 REFUND_DUE HOLD_UNKNOWN]
                   | refunds entries=2  |                                    | \
                [p1 h9 1EUR #1 REFUND_DUE HOLD_UNKNOWN; p3 h1 0EUR #5 REFUND_DUE ALREADY_PAID] next 5
                   | settle p3          | RefundSettled p3                   |
                   | refunds after=5 entries=1 |                             | [p4 h9 4USD #6 REFUND_DUE HOLD_UNKNOWN]
                   | refunds after=1 entries=0 |                             | [p4 h9 4USD #6 REFUND_DUE HOLD_UNKNOWN]
                   | refunds after=6    |                                    | []
                   | settle p1          | RefundSettled p1                   |
                   | settle p1          | CommandRepeated #1                 |
                   | settle p4          | RefundSettled p4                   |
                   | refunds            |                                    | []
                """);
    }

    @Test
    void shouldPageThroughRefundsThoughMostAreSettledMeanwhile() {
        // given
        final CoreDriver driver = new CoreDriver(1);
        for (int payment = 1; payment <= 5_000; payment++) {
            driver.run("pay p" + payment + " h" + payment + " 1 EUR");
        }
        assertThat(next(driver.ask("refunds entries=2000"))).isEqualTo(1_000);

        // when
        for (int payment = 1; payment <= 5_000; payment++) {
            if (payment % 7 != 0) {
                driver.run("settle p" + payment);
            }
        }

        // then every walk meets every refund that is due, also after a snapshot
        final List<Integer> due = java.util.stream.IntStream.rangeClosed(1, 5_000)
                .filter(payment -> payment % 7 == 0)
                .boxed()
                .toList();
        assertThat(walk(driver, "refunds", 100)).isEqualTo(due);
        assertThat(walk(new CoreDriver(Replica.copyOf(driver.core(), 2)), "refunds", 33))
                .isEqualTo(due);
    }

    private static List<Integer> expected(final java.util.function.IntPredicate fits) {
        return java.util.stream.IntStream.rangeClosed(1, 2_500)
                .filter(fits)
                .boxed()
                .toList();
    }

    private static List<Integer> walk(final CoreDriver driver, final String query, final int entries) {
        final List<Integer> seen = new ArrayList<>();
        long after = 0;
        while (after >= 0) {
            final String page = driver.ask(query + " entries=" + entries + " after=" + after);
            seen.addAll(numbers(page));
            assertThat(numbers(page)).hasSizeLessThanOrEqualTo(entries);
            after = next(page);
        }
        return seen;
    }

    private static List<Integer> numbers(final String page) {
        return HOLD.matcher(page)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
    }

    private static long next(final String page) {
        final Matcher matcher = NEXT.matcher(page);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
