package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.DropSoldOutDecoder;
import io.holdfast.core.message.DropSoldOutEncoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.SnapshotDropDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** A drop says once that all of it is sold for good, after the event that made it so. */
class SoldOutScenarioTest {
    @Test
    void shouldSayItOnceWhenTheLastUnitIsPaid() {
        Scenario.play("""
                at | command                        | events                                                   | answer
                0  | create berlin GA=3@10 VIP=1@20 EUR |                                                      |
                   | place h1 berlin alice GA:2     | HoldPlaced h1                                            |
                   | place h2 berlin bob GA:1,VIP:1 | HoldPlaced h2                                            |
                   | pay p1 h1 20 EUR               | HoldPaid h1 p1                                           |
                   | pay p2 h2 30 EUR               | HoldPaid h2 p2, DropSoldOut berlin OPEN GA 0/0/3 VIP 0/0/1 | p2 h2 30EUR #5 PAID
                   | pay p2 h2 30 EUR               | CommandRepeated #5                                       |
                   | pay p3 h2 30 EUR               | PaymentUnfulfilled p3 ALREADY_PAID                       |
                   | place h3 berlin carol GA:1     | CommandRejected SOLD_OUT GA 0+0 final                    |
                   | close berlin                   | DropClosed berlin OPERATOR                               |
                   | archive berlin                 | DropArchived berlin                                      |
                """);
    }

    @Test
    void shouldSayItWhenALatePaymentTakesTheLastUnitAgain() {
        Scenario.play("""
                at  | command                    | events
                0   | create berlin GA=2         | DropCreated berlin OPEN
                    | place h1 berlin alice GA:1 | HoldPlaced h1
                    | place h2 berlin bob GA:1   | HoldPlaced h2
                    | release h1                 | HoldReleased h1
                    | pay p2 h2 0 EUR            | HoldPaid h2 p2
                    | close berlin               | DropClosed berlin OPERATOR
                    | pay p1 h1 0 EUR            | HoldPaid h1 p1 reacquired, DropSoldOut berlin CLOSED GA 0/0/2
                """);
    }

    @Test
    void shouldSayItAfterWhatIsDueWhenTheLastHoldExpiresAndIsPaidLate() {
        Scenario.play("""
                at  | command                    | events
                0   | create berlin GA=1         | DropCreated berlin OPEN
                    | place h1 berlin alice GA:1 | HoldPlaced h1
                315 | pay p1 h1 0 EUR            | HoldExpired h1, HoldPaid h1 p1 reacquired, DropSoldOut berlin OPEN GA 0/0/1
                """);
    }

    @Test
    void shouldSayItWhenTheUnsoldUnitsAreTakenAway() {
        Scenario.play("""
                at | command                     | events                             | answer
                0  | create berlin GA=5 VIP=2    | DropCreated berlin OPEN            |
                   | place h1 berlin alice GA:3  | HoldPlaced h1                      |
                   | pay p1 h1 0 EUR             | HoldPaid h1 p1                     |
                   | adjust berlin VIP -2 key=a  | StockAdjusted berlin VIP -2 to 0   |
                   | adjust berlin GA -2 key=b   | StockAdjusted berlin GA -2 to 3, DropSoldOut berlin OPEN GA 0/0/3 VIP 0/0/0 | berlin OPEN GA 0/0/3 VIP 0/0/0
                   | adjust berlin GA -2 key=b   | CommandRepeated #5                 | again berlin OPEN GA 0/0/3 VIP 0/0/0
                """);
    }

    @Test
    void shouldNotSayItAgainWhenMoreIsAddedAndSoldToo() {
        Scenario.play("""
                at | command                    | events                             | stock
                0  | create berlin GA=1         | DropCreated berlin OPEN            |
                   | place h1 berlin alice GA:1 | HoldPlaced h1                      |
                   | pay p1 h1 0 EUR            | HoldPaid h1 p1, DropSoldOut berlin OPEN GA 0/0/1 |
                   | adjust berlin GA 2 key=a   | StockAdjusted berlin GA 2 to 3     | GA 2/0/1
                   | place h2 berlin bob GA:1   | HoldPlaced h2                      |
                   | adjust berlin GA -1 key=b  | StockAdjusted berlin GA -1 to 2    | GA 0/1/1
                   | pay p2 h2 0 EUR            | HoldPaid h2 p2                     | GA 0/0/2
                """);
    }

    @Test
    void shouldNotSayItWhileAHoldCouldStillComeBack() {
        Scenario.play("""
                at  | command                    | events                                  | stock
                0   | create berlin GA=2 VIP=1   | DropCreated berlin OPEN                 |
                    | place h1 berlin alice GA:2 | HoldPlaced h1                           |
                    | place h2 berlin bob VIP:1  | HoldPlaced h2                           |
                    | pay p1 h1 0 EUR            | HoldPaid h1 p1                          | GA 0/0/2 VIP 0/1/0
                    | place h3 berlin carol VIP:1 | CommandRejected SOLD_OUT VIP 0+1       |
                315 | idle                       | HoldExpired h2                          | GA 0/0/2 VIP 1/0/0
                    | adjust berlin VIP -1 key=a | StockAdjusted berlin VIP -1 to 0, DropSoldOut berlin OPEN GA 0/0/2 VIP 0/0/0 |
                """);
    }

    @Test
    void shouldNotSayItWhenNothingWasSold() {
        Scenario.play("""
                at | command                  | events
                0  | create berlin GA=1       | DropCreated berlin OPEN
                   | adjust berlin GA -1 key=a | StockAdjusted berlin GA -1 to 0
                   | create oslo GA=0         | DropCreated oslo OPEN
                   | adjust oslo GA 0 key=a   | StockAdjusted oslo GA 0 to 0
                """);
    }

    @Test
    void shouldRememberItThroughASnapshot() {
        // given
        final CoreDriver driver = new CoreDriver(1);
        driver.run("create berlin GA=1");
        driver.run("place h1 berlin alice GA:1");
        assertThat(wasSoldOut(driver.core())).isFalse();
        assertThat(driver.run("pay p1 h1 0 EUR")).contains("DropSoldOut berlin OPEN GA 0/0/1");

        // when
        final StateMachine copy = Replica.copyOf(driver.core(), 2);

        // then
        assertThat(wasSoldOut(copy)).isTrue();
        final CoreDriver loaded = new CoreDriver(copy);
        loaded.run("adjust berlin GA 1 key=a");
        assertThat(loaded.run("adjust berlin GA -1 key=b")).containsExactly("StockAdjusted berlin GA -1 to 1");
    }

    private static boolean wasSoldOut(final StateMachine core) {
        final List<Boolean> flags = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        core.snapshot((buffer, offset, length) -> {
            if (header.wrap(buffer, offset).templateId() == SnapshotDropDecoder.TEMPLATE_ID) {
                flags.add(new SnapshotDropDecoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .wasSoldOut()
                        == BooleanType.TRUE);
            }
        });
        assertThat(flags).hasSize(1);
        return flags.get(0);
    }

    @Test
    void shouldCarryTheDropAsItIsAfterTheEvent() {
        final CoreDriver driver = new CoreDriver(1);
        driver.run("create oslo GA=1");
        driver.run("create berlin GA=1 title=Berlin");
        driver.run("place h1 berlin alice GA:1");
        driver.run("pay p1 h1 0 EUR");
        final JournalRecord record = new JournalRecord().wrap(driver.record(), 0, driver.recordLength());
        record.nextEvent();
        record.nextEvent();
        final DropSoldOutDecoder event = new DropSoldOutDecoder()
                .wrapAndApplyHeader(driver.record(), record.eventOffset(), new MessageHeaderDecoder());
        assertThat(event.dropNumber()).isEqualTo(2);
        final byte[] carried = new byte[event.imageLength()];
        event.getImage(carried, 0, carried.length);

        driver.ask("drop berlin");

        assertThat(carried)
                .isEqualTo(Replica.bytes(
                        driver.answer().buffer(), 0, driver.answer().length()));
    }

    @Test
    void shouldHaltWhenARecordSaysItThoughItIsNotSo() {
        final CoreDriver driver = new CoreDriver(1);
        driver.run("create berlin GA=1");
        driver.run("place h1 berlin alice GA:1");

        assertThatThrownBy(() -> applySoldOut(driver))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("is not");

        driver.run("pay p1 h1 0 EUR");
        assertThatThrownBy(() -> applySoldOut(driver))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("was before");
    }

    private static void applySoldOut(final CoreDriver driver) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final DropSoldOutEncoder event = new DropSoldOutEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .dropNumber(1);
        event.putImage(new byte[0], 0, 0);
        driver.core().apply(driver.sequence(), driver.timeMs(), buffer, 0, event.limit());
    }
}
