package io.holdfast.gateway.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON body member by member, strictly, and knows where it is, so that every refusal names its
 * member.
 *
 * <p>Owned by one event loop.
 */
public final class BodyReader {
    private static final int DEPTH_MAX = 8;
    private static final int NUMBER_LENGTH_MAX = 32;
    private static final int STRING_LENGTH_MAX = 4096;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Names come from strangers: they must not fill a table that all share.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxStringLength(STRING_LENGTH_MAX)
                    .maxNameLength(STRING_LENGTH_MAX)
                    .build())
            .build();

    /** A part of a body. */
    @FunctionalInterface
    public interface Part {
        void read(BodyReader reader) throws InvalidRequest;
    }

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    private JsonParser parser;

    // Where the reader is: "items[2]." and "quantity". Both empty at the start.
    private String prefix = "";
    private String member = "";
    private int seen;

    /**
     * Reads a whole body: one object and nothing after it.
     *
     * @throws InvalidRequest naming the member, when it is not JSON, not an object or not what the part takes
     */
    public void read(final byte[] bytes, final int length, final Part part) throws InvalidRequest {
        prefix = "";
        member = "";
        if (length == 0) {
            throw new InvalidRequest(null, "a JSON object is needed in the body");
        }
        requireUtf8(bytes, length);
        try (JsonParser opened = FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
            parser = opened;
            whole(part);
        } finally {
            parser = null;
        }
    }

    private void whole(final Part part) throws InvalidRequest {
        try {
            parser.nextToken();
            part.read(this);
            prefix = "";
            member = "";
            if (parser.nextToken() != null) {
                throw new InvalidRequest(null, "nothing may follow the JSON object in the body");
            }
        } catch (final JacksonException e) {
            // The parser looks at a value while it reads the name before it, so the name may not have been
            // noted.
            final String name = parser.streamReadContext().currentName();
            if (member.isEmpty() && name != null) {
                member = name;
            }
            throw new InvalidRequest(field(), "malformed JSON" + at(e.getLocation()));
        }
    }

    /** A breach of the parser's limits comes without a place. */
    private static String at(final TokenStreamLocation place) {
        return place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /** Enters the object at which the reader stands. */
    public void beginObject() throws InvalidRequest {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("an object is needed");
        }
        seen = 0;
    }

    /** Goes to the next member of the object and to its value; null at the object's end. */
    public String nextMember() throws InvalidRequest {
        member = "";
        final String name = parser.nextName();
        if (name == null) {
            return null;
        }
        member = name;
        parser.nextToken();
        return name;
    }

    /** Notes that the member with this bit has come, and refuses a second one. */
    public void once(final int bit) throws InvalidRequest {
        if ((seen & bit) != 0) {
            throw invalid("may come only once");
        }
        seen |= bit;
    }

    public boolean hasSeen(final int bit) {
        return (seen & bit) != 0;
    }

    public void require(final int bit, final String name) throws InvalidRequest {
        if ((seen & bit) == 0) {
            throw new InvalidRequest(prefix + name, "is needed");
        }
    }

    /**
     * Reads an array of objects, each by the same part.
     *
     * @return how many there were
     */
    public int objects(final int countMax, final Part part) throws InvalidRequest {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid("an array is needed");
        }
        final String array = member;
        final int outerSeen = seen;
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == countMax) {
                prefix = "";
                member = array;
                throw invalid("may have " + countMax + " entries");
            }
            prefix = array + '[' + count + "].";
            member = "";
            part.read(this);
            count++;
        }
        prefix = "";
        member = array;
        seen = outerSeen;
        if (count == 0) {
            throw invalid("at least one entry is needed");
        }
        return count;
    }

    public void name(final Text into) throws InvalidRequest {
        final String value = string();
        if (!into.set(value, 0, value.length()) || !into.isName()) {
            throw invalid("1 to 64 of A-Z a-z 0-9 . _ : @ - are needed");
        }
    }

    /** 1 to 255 visible ASCII characters. */
    public void identifier(final Text into) throws InvalidRequest {
        final String value = string();
        if (!into.set(value, 0, value.length()) || into.isEmpty()) {
            throw invalid("1 to 255 visible ASCII characters are needed");
        }
    }

    public String string() throws InvalidRequest {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw invalid("a string is needed");
        }
        return parser.getString();
    }

    public int integer(final int min, final int max) throws InvalidRequest {
        return (int) integer((long) min, (long) max);
    }

    public long integer(final long min, final long max) throws InvalidRequest {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            final long value = parser.getLongValue();
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw invalid("a whole number from " + min + " to " + max + " is needed");
    }

    public InvalidRequest unknown() {
        return invalid("is not known here");
    }

    public InvalidRequest invalid(final String rule) {
        return new InvalidRequest(field(), rule);
    }

    private String field() {
        final String path = prefix + member;
        if (path.isEmpty()) {
            return null;
        }
        return path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * The parser lets overlong forms and lone surrogates pass, by which one text could be written in two
     * ways; and by a byte order mark or zeros at the start it would take the body for UTF-16 or UTF-32.
     */
    private void requireUtf8(final byte[] bytes, final int length) throws InvalidRequest {
        boolean ascii = true;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                throw new InvalidRequest(null, "a zero byte is no part of JSON in UTF-8");
            }
            ascii &= bytes[i] > 0;
        }
        if (ascii) {
            return;
        }
        if (bytes[0] < 0) {
            throw new InvalidRequest(null, "a JSON object is needed in the body, without a byte order mark");
        }
        try {
            utf8.decode(ByteBuffer.wrap(bytes, 0, length));
        } catch (final CharacterCodingException e) {
            throw new InvalidRequest(null, "the body is not UTF-8");
        }
    }
}
