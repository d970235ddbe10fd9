package io.holdfast.gateway.audit;

import java.util.List;
import java.util.UUID;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.AbstractTokenListener;

/** Finds out what a message is about: the drop, the buyer and the hold that it or a message nested in it names. */
final class MessageSubject extends AbstractTokenListener {
    private final MessageSchema schema;

    private String drop;
    private String buyer;
    private UUID hold;
    private boolean isInHold;
    private long mostSignificantBits;

    MessageSubject(final MessageSchema schema) {
        this.schema = schema;
    }

    /** Reads a message, its header at the offset. */
    MessageSubject of(final DirectBuffer buffer, final int offset) {
        drop = null;
        buyer = null;
        hold = null;
        schema.walk(buffer, offset, this);
        return this;
    }

    /** Null when the message names none. */
    String drop() {
        return drop;
    }

    /** Null when the message names none. */
    String buyer() {
        return buyer;
    }

    /** Null when the message names none. */
    UUID hold() {
        return hold;
    }

    @Override
    public void onBeginComposite(final Token field, final List<Token> tokens, final int from, final int to) {
        isInHold = "hold".equals(field.name());
        mostSignificantBits = 0;
    }

    @Override
    public void onEncoding(
            final Token field, final DirectBuffer buffer, final int index, final Token type, final int version) {
        if (isInHold && "mostSignificantBits".equals(type.name())) {
            mostSignificantBits = buffer.getLong(index, type.encoding().byteOrder());
        } else if (isInHold) {
            hold = new UUID(
                    mostSignificantBits, buffer.getLong(index, type.encoding().byteOrder()));
        }
    }

    @Override
    public void onEndComposite(final Token field, final List<Token> tokens, final int from, final int to) {
        isInHold = false;
    }

    @Override
    public void onVarData(
            final Token field, final DirectBuffer buffer, final int index, final int length, final Token type) {
        if (length == 0) {
            return;
        }
        if (type.encoding().characterEncoding() == null) {
            schema.walk(buffer, index, this);
        } else if ("drop".equals(field.name())) {
            drop = buffer.getStringWithoutLengthAscii(index, length);
        } else if ("buyer".equals(field.name())) {
            buyer = buffer.getStringWithoutLengthAscii(index, length);
        }
    }
}
