package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.message.CommandRejectedEncoder;
import io.holdfast.core.message.CommandRepeatedEncoder;
import io.holdfast.core.message.DropClosedEncoder;
import io.holdfast.core.message.DropImageEncoder;
import io.holdfast.core.message.DropSoldOutEncoder;
import io.holdfast.core.message.HoldExpiredEncoder;
import io.holdfast.core.message.HoldImageEncoder;
import io.holdfast.core.message.HoldPaidEncoder;
import io.holdfast.core.message.HoldPlacedEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PaymentImageEncoder;
import io.holdfast.core.message.PaymentUnfulfilledEncoder;
import io.holdfast.core.store.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Room for a command's largest set of events is proved before the first one: the proof's figures, from the schema. */
class RoomTest {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int FRAME = Integer.BYTES;

    private static final int IMAGE_MAX = HEADER
            + HoldImageEncoder.BLOCK_LENGTH
            + HoldImageEncoder.ItemsEncoder.HEADER_SIZE
            + Limits.ITEMS_PER_HOLD_MAX
                    * (HoldImageEncoder.ItemsEncoder.sbeBlockLength()
                            + HoldImageEncoder.ItemsEncoder.skuHeaderLength()
                            + Limits.NAME_LENGTH_MAX)
            + HoldImageEncoder.dropHeaderLength()
            + Limits.NAME_LENGTH_MAX
            + HoldImageEncoder.buyerHeaderLength()
            + Limits.NAME_LENGTH_MAX;

    private static final int REFUSAL_MAX = HEADER
            + CommandRejectedEncoder.BLOCK_LENGTH
            + CommandRejectedEncoder.ItemsEncoder.HEADER_SIZE
            + Limits.ITEMS_PER_HOLD_MAX * CommandRejectedEncoder.ItemsEncoder.sbeBlockLength()
            + CommandRejectedEncoder.skuHeaderLength()
            + Limits.NAME_LENGTH_MAX
            + CommandRejectedEncoder.buyerHeaderLength()
            + Limits.NAME_LENGTH_MAX
            + CommandRejectedEncoder.keyHeaderLength()
            + Limits.KEY_LENGTH_MAX;

    @Test
    void shouldBoundEveryEventAboutASingleHold() {
        final int nested = Integer.BYTES + IMAGE_MAX;
        final List<Integer> lengths = List.of(
                HEADER
                        + HoldPlacedEncoder.BLOCK_LENGTH
                        + nested
                        + HoldPlacedEncoder.keyHeaderLength()
                        + Limits.KEY_LENGTH_MAX,
                HEADER + HoldExpiredEncoder.BLOCK_LENGTH + nested,
                HEADER
                        + HoldPaidEncoder.BLOCK_LENGTH
                        + nested
                        + HoldPaidEncoder.paymentHeaderLength()
                        + Limits.PAYMENT_ID_LENGTH_MAX,
                HEADER
                        + PaymentUnfulfilledEncoder.BLOCK_LENGTH
                        + PaymentUnfulfilledEncoder.paymentHeaderLength()
                        + Limits.PAYMENT_ID_LENGTH_MAX,
                REFUSAL_MAX,
                HEADER + DropClosedEncoder.BLOCK_LENGTH + DropClosedEncoder.dropHeaderLength() + Limits.NAME_LENGTH_MAX,
                HEADER + CommandRepeatedEncoder.BLOCK_LENGTH);

        assertThat(lengths)
                .allSatisfy(length -> assertThat(length + FRAME).isLessThanOrEqualTo(Limits.HOLD_EVENT_LENGTH_MAX));
    }

    @Test
    void shouldBoundTheWordThatADropIsSoldOut() {
        final int image = HEADER
                + DropImageEncoder.BLOCK_LENGTH
                + DropImageEncoder.SkusEncoder.HEADER_SIZE
                + Limits.SKUS_PER_DROP_MAX
                        * (DropImageEncoder.SkusEncoder.sbeBlockLength()
                                + DropImageEncoder.SkusEncoder.skuHeaderLength()
                                + Limits.NAME_LENGTH_MAX)
                + DropImageEncoder.dropHeaderLength()
                + Limits.NAME_LENGTH_MAX
                + DropImageEncoder.nameHeaderLength()
                + Limits.DROP_TITLE_BYTES_MAX;

        assertThat(FRAME + HEADER + DropSoldOutEncoder.BLOCK_LENGTH + Integer.BYTES + image)
                .isLessThanOrEqualTo(Limits.DROP_EVENT_LENGTH_MAX);
        assertThat(Rules.DEFAULT.skusPerDropMax()).isLessThanOrEqualTo(Limits.SKUS_PER_DROP_MAX);
    }

    /** An unknown SKU's name is repeated in its refusal as long as it came: the command's own length covers it. */
    @Test
    void shouldBoundEventsThatGrowWithTheirCommand() {
        final int spare = Limits.eventsLengthMax(0)
                - (Limits.DUE_EVENTS_PER_COMMAND_MAX + 1) * Limits.HOLD_EVENT_LENGTH_MAX
                - Limits.DROP_EVENT_LENGTH_MAX
                - FRAME;
        assertThat(REFUSAL_MAX).isLessThan(spare);
        // DropCreated is CreateDrop with a number and a status more, StockAdjusted AdjustStock with two numbers more.
        assertThat(HEADER + 64).isLessThan(spare);
    }

    @Test
    void shouldFitEveryRecordIntoTheArena() {
        final int largest = 56 + IMAGE_MAX + Limits.KEY_LENGTH_MAX;
        assertThat(largest).isLessThanOrEqualTo(Arena.RECORD_LENGTH_MAX);
        assertThat(48 + REFUSAL_MAX).isLessThanOrEqualTo(Arena.RECORD_LENGTH_MAX);
        final int payment = HEADER
                + PaymentImageEncoder.BLOCK_LENGTH
                + PaymentImageEncoder.paymentHeaderLength()
                + Limits.PAYMENT_ID_LENGTH_MAX;
        assertThat(32 + payment).isLessThanOrEqualTo(Arena.RECORD_LENGTH_MAX);
        assertThat(payment).isLessThanOrEqualTo(512);
    }

    /** The fullest turn there can be, in a sink with not a byte more than was asked for. */
    @Test
    void shouldDecideTheFullestTurnInTheRoomItAsksFor() {
        // given 66 holds as long as can be, all due, the last one of all that the largest drop there can be has to sell
        final CoreDriver driver = new CoreDriver(1);
        final Command create = Command.ofDrop(Command.Kind.CREATE, "d".repeat(64));
        for (int i = 0; i < Limits.SKUS_PER_DROP_MAX; i++) {
            create.items.add(new Command.Item(i % 8 + "-" + "s".repeat(58) + (1_000 + i), i < 8 ? 1 : 0, 1));
        }
        create.currency = "EUR";
        create.title = "t".repeat(Limits.DROP_TITLE_BYTES_MAX);
        driver.run(create);
        final Command other = Command.ofDrop(Command.Kind.CREATE, "o".repeat(64));
        other.items.addAll(create.items.subList(0, 8).stream()
                .map(item -> new Command.Item(item.sku(), 10_000, 1))
                .toList());
        other.currency = "EUR";
        driver.run(other);
        for (int hold = 1; hold <= 66; hold++) {
            final String drop = hold < 66 ? other.drop : create.drop;
            final Command place = Command.place(hold, drop, "b".repeat(64), hold + "k".repeat(250));
            other.items.forEach(item -> place.items.add(new Command.Item(item.sku(), 1)));
            driver.run(place);
        }
        final CommandEncoder encoder = new CommandEncoder();
        final int length = encoder.encode(Command.pay("p".repeat(255), 66, 8, "EUR"));
        final org.agrona.concurrent.UnsafeBuffer room =
                new org.agrona.concurrent.UnsafeBuffer(new byte[Limits.eventsLengthMax(length)]);
        final EventSink sink = new EventSink().wrap(room, 0, room.capacity());

        // when
        driver.core().decide(100, Command.START_MS + 999_000, encoder.buffer(), 0, length, sink, driver.answer());

        // then
        assertThat(sink.count()).isEqualTo(67);
        assertThat(sink.length()).isLessThanOrEqualTo(room.capacity());
        assertThat(driver.answerText()).contains("PAID reacquired");
    }
}
