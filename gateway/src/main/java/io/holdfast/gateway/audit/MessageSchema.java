package io.holdfast.gateway.audit;

import io.holdfast.core.message.MessageHeaderDecoder;
import java.io.InputStream;
import java.util.List;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;
import uk.co.real_logic.sbe.otf.TokenListener;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/**
 * The message schema, read from the same file that the codecs are generated from, and used to walk messages field by
 * field (SBE's on-the-fly decoding). Not thread-safe.
 */
final class MessageSchema {
    private static final String RESOURCE = "/sbe/holdfast-messages.xml";

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Ir ir;

    private MessageSchema(final Ir ir) {
        this.ir = ir;
    }

    static MessageSchema load() {
        try (InputStream in = MessageHeaderDecoder.class.getResourceAsStream(RESOURCE)) {
            return new MessageSchema(new IrGenerator().generate(XmlSchemaParser.parse(in, ParserOptions.DEFAULT)));
        } catch (final Exception e) {
            throw new IllegalStateException("the message schema " + RESOURCE + " cannot be read", e);
        }
    }

    /** The SBE template id of a message, its header at the offset. */
    int templateId(final DirectBuffer buffer, final int offset) {
        return header.wrap(buffer, offset).templateId();
    }

    /** The name of a message, as the schema has it. */
    String name(final int templateId) {
        return tokens(templateId).get(0).name();
    }

    /** Shows every field of a message, its header at the offset, to the listener. */
    void walk(final DirectBuffer buffer, final int offset, final TokenListener listener) {
        header.wrap(buffer, offset);
        OtfMessageDecoder.decode(
                buffer,
                offset + MessageHeaderDecoder.ENCODED_LENGTH,
                header.version(),
                header.blockLength(),
                tokens(header.templateId()),
                listener);
    }

    private List<Token> tokens(final int templateId) {
        final List<Token> tokens = ir.getMessage(templateId);
        if (tokens == null) {
            throw new IllegalArgumentException("no message has the template id " + templateId);
        }
        return tokens;
    }
}
