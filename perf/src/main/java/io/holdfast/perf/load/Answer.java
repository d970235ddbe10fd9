package io.holdfast.perf.load;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** One answer, as a view of the bytes that were read. */
public final class Answer {
    /** No Retry-After was given. */
    public static final int NO_RETRY_AFTER = -1;

    private static final byte[] TYPE_PREFIX = "{\"type\":\"/problems/".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_OF_PROBLEMS = 400;

    DirectBuffer buffer;
    int status;
    int bodyOffset;
    int bodyLength;
    int retryAfterSeconds;
    boolean isLast;

    Answer() {}

    /** 100 to 599. */
    public int status() {
        return status;
    }

    /** Where the body is, at {@link #bodyOffset()}. */
    public DirectBuffer buffer() {
        return buffer;
    }

    public int bodyOffset() {
        return bodyOffset;
    }

    public int bodyLength() {
        return bodyLength;
    }

    /** When to come back, in seconds, or {@link #NO_RETRY_AFTER}. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Whether the server ends the connection behind it. */
    public boolean isLast() {
        return isLast;
    }

    /** A copy of the body. */
    public String body() {
        final byte[] bytes = new byte[bodyLength];
        buffer.getBytes(bodyOffset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Length of the problem's code, or 0 where the body is none of ours; it is at {@link #problemOffset()}. */
    int problemLength() {
        if (status < STATUS_OF_PROBLEMS || bodyLength <= TYPE_PREFIX.length) {
            return 0;
        }
        for (int i = 0; i < TYPE_PREFIX.length; i++) {
            if (buffer.getByte(bodyOffset + i) != TYPE_PREFIX[i]) {
                return 0;
            }
        }
        final int end = bodyOffset + bodyLength;
        int at = problemOffset();
        while (at < end && buffer.getByte(at) != '"') {
            at++;
        }
        return at - problemOffset();
    }

    int problemOffset() {
        return bodyOffset + TYPE_PREFIX.length;
    }

    /** The code of a refusal, {@code sold-out}; empty where there is none. */
    public String problem() {
        return buffer.getStringWithoutLengthAscii(problemOffset(), problemLength());
    }
}
