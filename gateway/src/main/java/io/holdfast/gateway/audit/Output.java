package io.holdfast.gateway.audit;

import io.holdfast.gateway.json.JsonBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output as the tools use it: bytes in, every failure an {@link OutputLostException}. */
public final class Output {
    private final OutputStream stream;

    /**
     * Wraps a stream, buffered by whoever made it.
     */
    public Output(final OutputStream stream) {
        this.stream = stream;
    }

    /** Writes what the buffer holds. */
    public Output write(final JsonBuffer json) {
        try {
            stream.write(json.bytes(), 0, json.length());
            return this;
        } catch (final IOException e) {
            throw new OutputLostException(e);
        }
    }

    /** Writes a line of text. */
    public Output line(final String text) {
        try {
            stream.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (final IOException e) {
            throw new OutputLostException(e);
        }
    }

    /** Hands everything over to whoever reads it. */
    public void flush() {
        try {
            stream.flush();
        } catch (final IOException e) {
            throw new OutputLostException(e);
        }
    }
}
