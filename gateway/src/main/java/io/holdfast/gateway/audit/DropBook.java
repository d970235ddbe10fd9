package io.holdfast.gateway.audit;

import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** What a drop has of each SKU: capacity, held and sold, in units. */
final class DropBook {
    private static final int SKUS_INITIAL = 8;

    private int[] capacity = new int[SKUS_INITIAL];
    private int[] held = new int[SKUS_INITIAL];
    private int[] sold = new int[SKUS_INITIAL];
    private int count;
    private boolean wasSoldOut;

    /** Of a drop whose image is given: its capacities, and nothing held or sold yet. */
    static DropBook of(final DirectBuffer buffer, final boolean wasSoldOut) {
        final DropBook book = new DropBook();
        for (final var sku : new DropImageDecoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder())
                .skus()) {
            book.addSku(sku.capacity());
            sku.skipSku();
        }
        book.wasSoldOut = wasSoldOut;
        return book;
    }

    void addSku(final int units) {
        if (count == capacity.length) {
            capacity = Arrays.copyOf(capacity, count * 2);
            held = Arrays.copyOf(held, count * 2);
            sold = Arrays.copyOf(sold, count * 2);
        }
        capacity[count++] = units;
    }

    void adjust(final int sku, final int units) {
        capacity[checked(sku)] = units;
        check(sku);
    }

    void move(final int sku, final int heldUnits, final int soldUnits) {
        held[checked(sku)] += heldUnits;
        sold[sku] += soldUnits;
        check(sku);
    }

    void sellOut() {
        for (int sku = 0; sku < count; sku++) {
            if (sold[sku] != capacity[sku]) {
                throw new FaultFoundException("a drop is called sold out, and of SKU " + sku + " " + sold[sku]
                        + " are sold of " + capacity[sku]);
            }
        }
        if (wasSoldOut) {
            throw new FaultFoundException("a drop is called sold out twice");
        }
        wasSoldOut = true;
    }

    private int checked(final int sku) {
        if (sku < 0 || sku >= count) {
            throw new FaultFoundException("SKU " + sku + " of a drop that has " + count);
        }
        return sku;
    }

    private void check(final int sku) {
        if (held[sku] < 0 || sold[sku] < 0 || held[sku] + sold[sku] > capacity[sku]) {
            throw new FaultFoundException(
                    "SKU " + sku + " has " + held[sku] + " held and " + sold[sku] + " sold of " + capacity[sku]);
        }
    }

    static int numberOf(final DirectBuffer buffer, final int offset) {
        return new DropImageDecoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder())
                .dropNumber();
    }

    /** Checks that an image of the drop says the same. */
    void compare(final DirectBuffer buffer, final int offset) {
        final DropImageDecoder image =
                new DropImageDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        int sku = 0;
        for (final var shown : image.skus()) {
            final boolean isSame = sku < count
                    && shown.capacity() == capacity[sku]
                    && shown.held() == held[sku]
                    && shown.sold() == sold[sku]
                    && shown.available() == capacity[sku] - held[sku] - sold[sku];
            if (!isSame) {
                throw new FaultFoundException("SKU " + sku + " of drop number " + image.dropNumber() + " has "
                        + shown.held() + " held and " + shown.sold() + " sold, and other figures in the books");
            }
            shown.skipSku();
            sku++;
        }
    }
}
