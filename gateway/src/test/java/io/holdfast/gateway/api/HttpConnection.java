package io.holdfast.gateway.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that says exactly what it is told, byte for byte, and reads one response after another. */
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final InputStream in;

    /** Field names in lower case. */
    record Response(int status, Map<String, String> fields, String body) {
        String field(final String name) {
            return fields.get(name.toLowerCase(Locale.ROOT));
        }

        boolean isClose() {
            return "close".equals(field("connection"));
        }

        /** The value of a string or number member, anywhere in the body. */
        String member(final String name) {
            final int start = body.indexOf("\"" + name + "\":");
            if (start < 0) {
                return null;
            }
            int at = start + name.length() + 3;
            final boolean quoted = body.charAt(at) == '"';
            final int from = quoted ? ++at : at;
            while (quoted ? body.charAt(at) != '"' : ",}]".indexOf(body.charAt(at)) < 0) {
                at++;
            }
            return body.substring(from, at);
        }
    }

    HttpConnection(final InetSocketAddress address) throws IOException {
        this(new Socket());
        socket.connect(address, TIMEOUT_MS);
    }

    HttpConnection(final Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(new LateInput(socket));
    }

    /** A socket's input can be had only once it is connected. */
    private static final class LateInput extends InputStream {
        private final Socket socket;

        LateInput(final Socket socket) {
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            return socket.getInputStream().read();
        }

        @Override
        public int read(final byte[] bytes, final int offset, final int length) throws IOException {
            return socket.getInputStream().read(bytes, offset, length);
        }
    }

    Socket socket() {
        return socket;
    }

    HttpConnection send(final String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HttpConnection send(final byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Response get(final String target, final String key) throws IOException {
        return request("GET", target, key, null);
    }

    Response post(final String target, final String key, final String json) throws IOException {
        return request("POST", target, key, json);
    }

    Response put(final String target, final String key, final String json) throws IOException {
        return request("PUT", target, key, json);
    }

    /** @param fields further header fields, each ended by CRLF */
    Response request(
            final String method, final String target, final String key, final String json, final String... fields)
            throws IOException {
        send(text(method, target, key, json, fields));
        return read("HEAD".equals(method));
    }

    static String text(
            final String method, final String target, final String key, final String json, final String... fields) {
        final StringBuilder request = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n");
        if (key != null) {
            request.append("Authorization: Bearer ").append(key).append("\r\n");
        }
        for (final String field : fields) {
            request.append(field).append("\r\n");
        }
        if (json != null) {
            request.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(json.getBytes(StandardCharsets.ISO_8859_1).length)
                    .append("\r\n");
        }
        return request.append("\r\n").append(json == null ? "" : json).toString();
    }

    Response read() throws IOException {
        return read(false);
    }

    Response read(final boolean headOnly) throws IOException {
        final String statusLine = line();
        if (!statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("not a status line: " + statusLine);
        }
        final int status = Integer.parseInt(statusLine.substring(9, 12));
        final Map<String, String> fields = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            final int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        final String length = fields.get("content-length");
        final byte[] body = in.readNBytes(headOnly || length == null ? 0 : Integer.parseInt(length));
        return new Response(status, fields, new String(body, StandardCharsets.UTF_8));
    }

    /** The next piece of an answer in pieces; empty for the last. */
    String readChunk() throws IOException {
        final byte[] chunk = in.readNBytes(Integer.parseInt(line(), 16));
        if (!line().isEmpty()) {
            throw new IOException("a chunk goes on behind its length");
        }
        return new String(chunk, StandardCharsets.UTF_8);
    }

    /** Whether the server has closed, and said nothing more before. */
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    private String line() throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line);
            }
            line.write(b);
        }
        final String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IOException("a line without CR: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
