package io.holdfast.gateway.http;

import io.netty.buffer.ByteBuf;

/**
 * Looks at the head of a request before the decoder does, and refuses what another parser on the way might
 * have read differently: a line end without CR, a folded field, more than one space in the request line,
 * another version. It also holds the decoder back until the whole head is there, so that the limits are
 * counted in one place.
 *
 * <p>Keeps its place between reads: bytes that dribble in are looked at once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-2.2">RFC 9112, 2.2 and 5.2</a>
 */
final class HeadScan {
    static final int REQUEST_LINE_BYTES_MAX = 4096;
    static final int HEADER_BYTES_MAX = 8192;
    static final int FIELDS_MAX = 64;

    private static final int METHOD_BYTES_MAX = 32;
    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.', '1'};
    private static final int VERSION_PREFIX_LENGTH = 5;

    enum Progress {
        MORE,
        COMPLETE,
        REFUSED
    }

    // Offsets count from the reader index, which stands still until the head is complete.
    private int lineStart;
    private int searchStart;
    private int headerStart;
    private int lineCount;
    private Fault fault;

    /** Goes on where it stopped. Skips empty lines before the request line, moving the reader index. */
    Progress scan(final ByteBuf in) {
        if (lineCount == 0 && lineStart == 0 && !skipEmptyLines(in)) {
            return fault == null ? Progress.MORE : Progress.REFUSED;
        }
        final int base = in.readerIndex();
        while (true) {
            final int lineFeed = in.indexOf(base + searchStart, in.writerIndex(), (byte) '\n');
            if (lineFeed < 0) {
                searchStart = in.readableBytes();
                fault = tooLong(searchStart - lineStart);
                return fault == null ? Progress.MORE : Progress.REFUSED;
            }
            final int lineLength = lineFeed - base - lineStart - 1;
            if (lineLength < 0 || in.getByte(lineFeed - 1) != '\r') {
                return refuse(Fault.MALFORMED_REQUEST);
            }
            fault = lineCount == 0
                    ? requestLine(in, base + lineStart, lineLength)
                    : field(in, base + lineStart, lineLength);
            if (fault != null) {
                return Progress.REFUSED;
            }
            if (lineCount > 0 && lineLength == 0) {
                return Progress.COMPLETE;
            }
            lineCount++;
            lineStart = lineFeed - base + 1;
            searchStart = lineStart;
            if (lineCount == 1) {
                headerStart = lineStart;
            }
        }
    }

    /** Whether a part of a head has been seen. */
    boolean isUnderWay() {
        return searchStart > 0;
    }

    Fault fault() {
        return fault;
    }

    void reset() {
        lineStart = 0;
        searchStart = 0;
        headerStart = 0;
        lineCount = 0;
        fault = null;
    }

    /** RFC 9112, 2.2: a server should ignore an empty line before the request line. */
    private boolean skipEmptyLines(final ByteBuf in) {
        while (in.isReadable()) {
            final byte first = in.getByte(in.readerIndex());
            if (first == '\n') {
                fault = Fault.MALFORMED_REQUEST;
                return false;
            }
            if (first != '\r') {
                return true;
            }
            if (in.readableBytes() == 1) {
                return false;
            }
            if (in.getByte(in.readerIndex() + 1) != '\n') {
                fault = Fault.MALFORMED_REQUEST;
                return false;
            }
            in.skipBytes(2);
        }
        return false;
    }

    private Fault tooLong(final int pending) {
        if (lineCount == 0) {
            return pending > REQUEST_LINE_BYTES_MAX + 1 ? Fault.URI_TOO_LONG : null;
        }
        return lineStart + pending - headerStart > HEADER_BYTES_MAX ? Fault.HEADERS_TOO_LARGE : null;
    }

    private Fault field(final ByteBuf in, final int start, final int length) {
        if (start + length + 2 - in.readerIndex() - headerStart > HEADER_BYTES_MAX) {
            return Fault.HEADERS_TOO_LARGE;
        }
        if (length == 0) {
            return null;
        }
        if (lineCount > FIELDS_MAX) {
            return Fault.HEADERS_TOO_LARGE;
        }
        final byte first = in.getByte(start);
        return first == ' ' || first == '\t' ? Fault.MALFORMED_REQUEST : null;
    }

    private static Fault requestLine(final ByteBuf in, final int start, final int length) {
        if (length > REQUEST_LINE_BYTES_MAX) {
            return Fault.URI_TOO_LONG;
        }
        final int end = start + length;
        final int methodEnd = in.indexOf(start, Math.min(end, start + METHOD_BYTES_MAX), (byte) ' ');
        if (methodEnd <= start || !isMethod(in, start, methodEnd)) {
            return Fault.MALFORMED_REQUEST;
        }
        final int targetEnd = in.indexOf(methodEnd + 1, end, (byte) ' ');
        if (targetEnd <= methodEnd + 1 || !isTarget(in, methodEnd + 1, targetEnd)) {
            return Fault.MALFORMED_REQUEST;
        }
        return version(in, targetEnd + 1, end);
    }

    private static boolean isMethod(final ByteBuf in, final int start, final int end) {
        for (int i = start; i < end; i++) {
            final byte b = in.getByte(i);
            if ((b < 'A' || b > 'Z') && (b < 'a' || b > 'z') && b != '-' && b != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isTarget(final ByteBuf in, final int start, final int end) {
        for (int i = start; i < end; i++) {
            final byte b = in.getByte(i);
            if (b <= ' ' || b == 0x7F || b == '#') {
                return false;
            }
        }
        return true;
    }

    private static Fault version(final ByteBuf in, final int start, final int end) {
        int matching = 0;
        while (matching < VERSION.length
                && start + matching < end
                && in.getByte(start + matching) == VERSION[matching]) {
            matching++;
        }
        if (matching == VERSION.length && end - start == VERSION.length) {
            return null;
        }
        if (matching < VERSION_PREFIX_LENGTH || end - start > VERSION.length) {
            return Fault.MALFORMED_REQUEST;
        }
        for (int i = start + VERSION_PREFIX_LENGTH; i < end; i++) {
            final byte b = in.getByte(i);
            if ((b < '0' || b > '9') && b != '.') {
                return Fault.MALFORMED_REQUEST;
            }
        }
        return end - start == VERSION_PREFIX_LENGTH ? Fault.MALFORMED_REQUEST : Fault.HTTP_VERSION;
    }

    private Progress refuse(final Fault fault) {
        this.fault = fault;
        return Progress.REFUSED;
    }
}
