package io.holdfast.gateway.audit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.DropCreatedEncoder;
import io.holdfast.core.message.DropImageEncoder;
import io.holdfast.core.message.DropSoldOutEncoder;
import io.holdfast.core.message.DropStatus;
import io.holdfast.core.message.HoldExpiredEncoder;
import io.holdfast.core.message.HoldImageEncoder;
import io.holdfast.core.message.HoldPaidEncoder;
import io.holdfast.core.message.HoldPlacedEncoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderEncoder;
import java.time.Duration;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that a sound core would never emit: the books must not take them. */
final class BooksTest {
    private static final int CAPACITY = 5;

    private final Books books = new Books();
    private final ExpandableArrayBuffer event = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer image = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    private long timeMs = SampleJournal.NOON_MS;

    @BeforeEach
    void createDrop() {
        final DropCreatedEncoder created = new DropCreatedEncoder().wrapAndApplyHeader(event, 0, header);
        created.dropNumber(1).status(DropStatus.OPEN).currency("EUR");
        created.skusCount(1).next().capacity(CAPACITY).priceMinor(4500).sku("GA");
        created.drop("d").name("D");
        enter();
    }

    @Test
    void shouldTakeLifeOfHoldsWhenNothingIsWrong() {
        assertThatCode(() -> {
                    place(1, 3);
                    place(2, 2);
                    expire(2, 2);
                    pay(1, 3, "pi_1", false);
                    pay(2, 2, "pi_2", true);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void shouldFindFaultWhenMoreIsHeldThanThereIs() {
        place(1, 3);

        assertThatThrownBy(() -> place(2, 3))
                .isInstanceOf(FaultFoundException.class)
                .hasMessageContaining("6 held and 0 sold of 5");
    }

    @Test
    void shouldFindFaultWhenExpiredHoldTakesWhatWasSold() {
        place(1, 3);
        expire(1, 3);
        place(2, 3);

        assertThatThrownBy(() -> pay(1, 3, "pi_1", true)).isInstanceOf(FaultFoundException.class);
    }

    @Test
    void shouldFindFaultWhenHoldExpiresTwice() {
        place(1, 3);
        expire(1, 3);

        assertThatThrownBy(() -> expire(1, 3)).isInstanceOf(FaultFoundException.class);
    }

    @Test
    void shouldFindFaultWhenHoldIsPaidTwice() {
        place(1, 2);
        pay(1, 2, "pi_1", false);

        assertThatThrownBy(() -> pay(1, 2, "pi_2", true)).isInstanceOf(FaultFoundException.class);
    }

    @Test
    void shouldFindFaultWhenPaidHoldExpires() {
        place(1, 2);
        pay(1, 2, "pi_1", false);

        assertThatThrownBy(() -> expire(1, 2)).isInstanceOf(FaultFoundException.class);
    }

    @Test
    void shouldFindFaultWhenPaymentBuysTwoHolds() {
        place(1, 1);
        place(2, 1);
        pay(1, 1, "pi_1", false);

        assertThatThrownBy(() -> pay(2, 1, "pi_1", false))
                .isInstanceOf(FaultFoundException.class)
                .hasMessageContaining("pi_1");
    }

    @Test
    void shouldTakePaymentAgainWhenItWasForgottenMeanwhile() {
        place(1, 1);
        place(2, 1);
        pay(1, 1, "pi_1", false);
        timeMs += Duration.ofDays(36).toMillis();

        assertThatCode(() -> pay(2, 1, "pi_1", false)).doesNotThrowAnyException();
    }

    @Test
    void shouldFindFaultWhenADropIsCalledSoldOutThoughUnitsAreHeld() {
        place(1, 3);
        place(2, 2);
        pay(1, 3, "pi_1", false);

        assertThatThrownBy(() -> sellOut(2, 3))
                .isInstanceOf(FaultFoundException.class)
                .hasMessageContaining("3 are sold of 5");
    }

    @Test
    void shouldFindFaultWhenADropIsCalledSoldOutTwiceOrWithOtherFigures() {
        place(1, 5);
        pay(1, 5, "pi_1", false);

        assertThatThrownBy(() -> sellOut(1, 4)).isInstanceOf(FaultFoundException.class);
        assertThatCode(() -> sellOut(0, 5)).doesNotThrowAnyException();
        assertThatThrownBy(() -> sellOut(0, 5))
                .isInstanceOf(FaultFoundException.class)
                .hasMessageContaining("twice");
    }

    private void sellOut(final int held, final int sold) {
        final DropImageEncoder drop = new DropImageEncoder().wrapAndApplyHeader(image, 0, new MessageHeaderEncoder());
        drop.dropNumber(1).status(DropStatus.OPEN).currency("EUR");
        drop.skusCount(1)
                .next()
                .capacity(CAPACITY)
                .available(0)
                .held(held)
                .sold(sold)
                .priceMinor(4500)
                .sku("GA");
        drop.drop("d").name("D");
        final DropSoldOutEncoder soldOut = new DropSoldOutEncoder().wrapAndApplyHeader(event, 0, header);
        soldOut.dropNumber(1).putImage(image, 0, drop.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH);
        enter();
    }

    private void place(final int hold, final int quantity) {
        final HoldPlacedEncoder placed = new HoldPlacedEncoder().wrapAndApplyHeader(event, 0, header);
        placed.putImage(image, 0, image(hold, quantity, HoldStatus.HELD)).key("");
        enter();
    }

    private void expire(final int hold, final int quantity) {
        final HoldExpiredEncoder expired = new HoldExpiredEncoder().wrapAndApplyHeader(event, 0, header);
        expired.dueAtMs(timeMs).putImage(image, 0, image(hold, quantity, HoldStatus.EXPIRED));
        enter();
    }

    private void pay(final int hold, final int quantity, final String payment, final boolean isReacquired) {
        final HoldPaidEncoder paid = new HoldPaidEncoder().wrapAndApplyHeader(event, 0, header);
        paid.amountMinor(4500L * quantity)
                .currency("EUR")
                .reacquired(isReacquired ? BooleanType.TRUE : BooleanType.FALSE);
        paid.putImage(image, 0, image(hold, quantity, HoldStatus.PAID)).payment(payment);
        enter();
    }

    private int image(final int hold, final int quantity, final HoldStatus status) {
        final HoldImageEncoder encoder =
                new HoldImageEncoder().wrapAndApplyHeader(image, 0, new MessageHeaderEncoder());
        encoder.hold().mostSignificantBits(0).leastSignificantBits(hold);
        encoder.dropNumber(1).status(status).currency("EUR");
        encoder.itemsCount(1)
                .next()
                .skuIndex(0)
                .quantity(quantity)
                .priceMinor(4500)
                .sku("GA");
        encoder.drop("d").buyer("b");
        return encoder.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH;
    }

    private void enter() {
        books.enter(timeMs, event, 0);
    }
}
