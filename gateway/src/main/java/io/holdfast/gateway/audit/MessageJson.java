package io.holdfast.gateway.audit;

import io.holdfast.gateway.json.JsonBuffer;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.TokenListener;
import uk.co.real_logic.sbe.otf.Types;

/**
 * Writes any message as one JSON object: {@code {"type":"PlaceHold",…}}.
 *
 * <p>Fields keep the schema's names, with these exceptions, which make them read as in the HTTP API: {@code createdAtMs}
 * is a time named {@code createdAt}, {@code isFinal} a boolean named {@code final}, a uuid is text, a reason its
 * permanent code, and a nested message an object. What is null, empty or {@code NONE} is left out.
 */
final class MessageJson implements TokenListener {
    private static final String TIME_SUFFIX = "Ms";
    private static final String UUID = "uuid";
    private static final String BOOLEAN = "BooleanType";
    private static final String REASON = "RejectReason";
    private static final String NONE = "NONE";
    private static final String DROP_NUMBER = "dropNumber";

    private final MessageSchema schema;
    private final JsonBuffer json;

    /** True when the next member needs a comma before it; known anew at each brace and bracket. */
    private boolean isCommaDue;

    private boolean isInUuid;
    private long mostSignificantBits;

    MessageJson(final MessageSchema schema, final JsonBuffer json) {
        this.schema = schema;
        this.json = json;
    }

    /** Writes a message, its header at the offset. */
    void write(final DirectBuffer buffer, final int offset) {
        json.raw("{\"type\":\"")
                .raw(schema.name(schema.templateId(buffer, offset)))
                .raw('"');
        isCommaDue = true;
        schema.walk(buffer, offset, this);
        json.raw('}');
        isCommaDue = true;
    }

    @Override
    public void onBeginMessage(final Token token) {}

    @Override
    public void onEndMessage(final Token token) {}

    @Override
    public void onEncoding(
            final Token field, final DirectBuffer buffer, final int index, final Token type, final int version) {
        if (isInUuid) {
            uuidHalf(buffer.getLong(index, type.encoding().byteOrder()));
        } else if (type.arrayLength() > 1) {
            text(field.name(), buffer, index, type.arrayLength());
        } else {
            number(field.name(), Types.getLong(buffer, index, type.encoding()), type);
        }
    }

    private void uuidHalf(final long half) {
        if (isCommaDue) {
            mostSignificantBits = half;
            isCommaDue = false;
        } else {
            json.uuid(mostSignificantBits, half);
            isCommaDue = true;
        }
    }

    private void text(final String name, final DirectBuffer buffer, final int index, final int length) {
        if (length > 0 && buffer.getByte(index) > ' ') {
            name(name);
            json.string(buffer, index, length);
        }
    }

    private void number(final String name, final long value, final Token type) {
        final Encoding encoding = type.encoding();
        final boolean isNull = type.isOptionalEncoding()
                && value == encoding.applicableNullValue().longValue();
        if (isNull || value < 0 && DROP_NUMBER.equals(name)) {
            return;
        }
        if (name.endsWith(TIME_SUFFIX)) {
            name(name.substring(0, name.length() - TIME_SUFFIX.length()));
            json.time(value);
        } else {
            name(name);
            json.number(value);
        }
    }

    @Override
    public void onEnum(
            final Token field,
            final DirectBuffer buffer,
            final int index,
            final List<Token> tokens,
            final int from,
            final int to,
            final int version) {
        final Token type = tokens.get(from);
        final String value =
                enumName(Types.getLong(buffer, index, tokens.get(from + 1).encoding()), tokens, from, to);
        if (BOOLEAN.equals(type.applicableTypeName())) {
            name(flagName(field.name()));
            json.raw("TRUE".equals(value) ? "true" : "false");
        } else if (!NONE.equals(value)) {
            name(field.name());
            final boolean isReason = REASON.equals(type.applicableTypeName());
            json.string(isReason ? value.toLowerCase(Locale.ROOT).replace('_', '-') : value);
        }
    }

    private static String enumName(final long value, final List<Token> tokens, final int from, final int to) {
        for (int i = from + 1; i < to; i++) {
            if (tokens.get(i).encoding().constValue().longValue() == value) {
                return tokens.get(i).name();
            }
        }
        return Long.toString(value);
    }

    private static String flagName(final String name) {
        return name.startsWith("is") ? name.substring(2).toLowerCase(Locale.ROOT) : name;
    }

    @Override
    public void onBitSet(
            final Token field,
            final DirectBuffer buffer,
            final int index,
            final List<Token> tokens,
            final int from,
            final int to,
            final int version) {
        throw new IllegalStateException("the schema has no bit sets, and " + field.name() + " is one");
    }

    @Override
    public void onBeginComposite(final Token field, final List<Token> tokens, final int from, final int to) {
        if (!UUID.equals(tokens.get(from).applicableTypeName())) {
            throw new IllegalStateException("the schema has no composite but uuid, and " + field.name() + " is one");
        }
        name(field.name());
        isInUuid = true;
    }

    @Override
    public void onEndComposite(final Token field, final List<Token> tokens, final int from, final int to) {
        isInUuid = false;
    }

    @Override
    public void onGroupHeader(final Token group, final int count) {
        if (count > 0) {
            name(group.name());
            json.raw('[');
        }
    }

    @Override
    public void onBeginGroup(final Token group, final int index, final int count) {
        if (index > 0) {
            json.raw(',');
        }
        json.raw('{');
        isCommaDue = false;
    }

    @Override
    public void onEndGroup(final Token group, final int index, final int count) {
        json.raw('}');
        if (index == count - 1) {
            json.raw(']');
        }
        isCommaDue = true;
    }

    @Override
    public void onVarData(
            final Token field, final DirectBuffer buffer, final int index, final int length, final Token type) {
        if (length == 0) {
            return;
        }
        name(field.name());
        if (type.encoding().characterEncoding() == null) {
            write(buffer, index);
        } else {
            json.string(buffer, index, length);
        }
        isCommaDue = true;
    }

    private void name(final String name) {
        if (isCommaDue) {
            json.raw(',');
        }
        json.raw('"').raw(name).raw("\":");
        isCommaDue = true;
    }
}
