package io.holdfast.perf.load;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Reads answers in HTTP/1.1 with a Content-Length, and nothing else: no chunks, no body up to the end of the connection,
 * no interim answers. What it cannot read is counted as a failure and never guessed at.
 */
final class AnswerReader {
    /** More is needed. */
    static final int INCOMPLETE = 0;

    /** Not an answer that can be read. */
    static final int MALFORMED = -1;

    /** Longest head. */
    private static final int HEAD_LENGTH_MAX = 16 * 1024;

    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONNECTION = "connection:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETRY_AFTER = "retry-after:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "close".getBytes(StandardCharsets.US_ASCII);

    private static final int STATUS_LINE_LENGTH_MIN = VERSION.length + 3;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int ABSENT = -1;
    private static final int UPPER_TO_LOWER = 0x20;

    private final int bodyLengthMax;

    private int contentLength;

    AnswerReader(final int bodyLengthMax) {
        this.bodyLengthMax = bodyLengthMax;
    }

    /**
     * Reads the answer at the beginning of the buffer.
     *
     * @return the length of head and body, whether or not the body is there yet, once the head is; otherwise
     *     {@link #INCOMPLETE} or {@link #MALFORMED}
     */
    int read(final DirectBuffer buffer, final int length, final Answer answer) {
        final int checked = Math.min(length, VERSION.length);
        if (!startsWith(buffer, 0, checked, VERSION)) {
            return MALFORMED;
        }
        int lineEnd = findLineFeed(buffer, 0, length);
        if (lineEnd < 0) {
            return length > HEAD_LENGTH_MAX ? MALFORMED : INCOMPLETE;
        }
        answer.status = lineEnd < STATUS_LINE_LENGTH_MIN ? ABSENT : number(buffer, VERSION.length, VERSION.length + 3);
        if (answer.status < 200 || answer.status > 599) {
            return MALFORMED;
        }
        answer.buffer = buffer;
        answer.isLast = false;
        answer.retryAfterSeconds = Answer.NO_RETRY_AFTER;
        contentLength = ABSENT;
        while (true) {
            final int lineStart = lineEnd + 1;
            lineEnd = findLineFeed(buffer, lineStart, length);
            if (lineEnd < 0) {
                return length > HEAD_LENGTH_MAX ? MALFORMED : INCOMPLETE;
            }
            if (lineEnd == lineStart || buffer.getByte(lineEnd - 1) != '\r') {
                return MALFORMED;
            }
            if (lineEnd - lineStart == 1) {
                return ofBody(answer, lineEnd + 1);
            }
            if (!field(buffer, lineStart, lineEnd - 1, answer)) {
                return MALFORMED;
            }
        }
    }

    private int ofBody(final Answer answer, final int bodyOffset) {
        final boolean isBodiless = answer.status == NO_CONTENT || answer.status == NOT_MODIFIED;
        if (contentLength == ABSENT && !isBodiless || contentLength > bodyLengthMax) {
            return MALFORMED;
        }
        answer.bodyOffset = bodyOffset;
        answer.bodyLength = isBodiless ? 0 : contentLength;
        return bodyOffset + answer.bodyLength;
    }

    /** Most fields do not matter; their first letter says so. */
    private boolean field(final DirectBuffer buffer, final int start, final int end, final Answer answer) {
        switch (buffer.getByte(start) | UPPER_TO_LOWER) {
            case 'c' -> {
                if (startsWith(buffer, start, end, CONTENT_LENGTH)) {
                    final int value = value(buffer, start + CONTENT_LENGTH.length, end);
                    final boolean isAgreed = contentLength == ABSENT || contentLength == value;
                    contentLength = value;
                    return isAgreed && value >= 0;
                }
                if (startsWith(buffer, start, end, CONNECTION)) {
                    final int value = skipBlanks(buffer, start + CONNECTION.length, end);
                    answer.isLast |= startsWith(buffer, value, end, CLOSE);
                }
                return true;
            }
            case 't' -> {
                return !startsWith(buffer, start, end, TRANSFER_ENCODING);
            }
            case 'r' -> {
                if (startsWith(buffer, start, end, RETRY_AFTER)) {
                    answer.retryAfterSeconds = value(buffer, start + RETRY_AFTER.length, end);
                }
                return true;
            }
            default -> {
                return true;
            }
        }
    }

    private static int value(final DirectBuffer buffer, final int start, final int end) {
        int trimmed = end;
        while (trimmed > start && buffer.getByte(trimmed - 1) == ' ') {
            trimmed--;
        }
        return number(buffer, skipBlanks(buffer, start, end), trimmed);
    }

    private static int skipBlanks(final DirectBuffer buffer, final int start, final int end) {
        int at = start;
        while (at < end && buffer.getByte(at) == ' ') {
            at++;
        }
        return at;
    }

    /** Digits only, nine at most; {@link #ABSENT} otherwise. */
    private static int number(final DirectBuffer buffer, final int start, final int end) {
        if (start >= end || end - start > 9) {
            return ABSENT;
        }
        int value = 0;
        for (int at = start; at < end; at++) {
            final int digit = buffer.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                return ABSENT;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Whether what is between start and end begins with the name, letters in either case, or is a beginning of it. */
    private static boolean startsWith(final DirectBuffer buffer, final int start, final int end, final byte[] name) {
        final boolean isVersion = name == VERSION;
        if (!isVersion && end - start < name.length) {
            return false;
        }
        final int compared = isVersion ? end - start : name.length;
        for (int i = 0; i < compared; i++) {
            final byte b = buffer.getByte(start + i);
            final int lower = b >= 'A' && b <= 'Z' && !isVersion ? b | UPPER_TO_LOWER : b;
            if (lower != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int findLineFeed(final DirectBuffer buffer, final int start, final int end) {
        for (int at = start; at < end; at++) {
            if (buffer.getByte(at) == '\n') {
                return at;
            }
        }
        return -1;
    }
}
