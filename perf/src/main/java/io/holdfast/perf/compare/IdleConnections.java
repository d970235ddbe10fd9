package io.holdfast.perf.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Connections that have each asked for a drop once, which changes nothing, and then keep still. For one thread. */
final class IdleConnections implements AutoCloseable {
    /** So many are asked before the first is answered. */
    private static final int AT_ONCE = 256;

    private static final int PER_SOURCE = 8_000;
    private static final int ANSWER_LENGTH_MAX = 64 * 1024;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,9})\r\n");
    private static final String HEAD_END = "\r\n\r\n";

    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(ANSWER_LENGTH_MAX);

    private IdleConnections() {}

    /** Opens them; returns when each has its answer. */
    static IdleConnections open(final Server server, final String drop, final int count) throws IOException {
        final byte[] request = ("GET /v1/drops/" + drop + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                        + server.keys().api() + HEAD_END)
                .getBytes(StandardCharsets.US_ASCII);
        final IdleConnections connections = new IdleConnections();
        try {
            for (int start = 0; start < count; start += AT_ONCE) {
                final int end = Math.min(count, start + AT_ONCE);
                for (int i = start; i < end; i++) {
                    connections.ask(server.port(), i, request);
                }
                for (int i = start; i < end; i++) {
                    connections.readAnswer(connections.channels.get(i));
                }
            }
            return connections;
        } catch (final IOException | RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    private void ask(final int port, final int index, final byte[] request) throws IOException {
        final SocketChannel channel = SocketChannel.open();
        channels.add(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        final byte[] source = {127, 0, 0, (byte) (1 + index / PER_SOURCE)};
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        final ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void readAnswer(final SocketChannel channel) throws IOException {
        buffer.clear();
        while (!isWhole()) {
            if (!buffer.hasRemaining() || channel.read(buffer) < 0) {
                throw new IOException("the server ended a connection before its answer did");
            }
        }
    }

    private boolean isWhole() {
        final String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
        final int headEnd = text.indexOf(HEAD_END);
        if (headEnd < 0) {
            return false;
        }
        final Matcher length = LENGTH.matcher(text);
        return length.find() && text.length() >= headEnd + HEAD_END.length() + Integer.parseInt(length.group(1));
    }

    /** @throws IOException when the server has ended one meanwhile: what was measured was fewer */
    void checkOpen() throws IOException {
        for (final SocketChannel channel : channels) {
            channel.configureBlocking(false);
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("the server ended idle connections while they were measured: measure fewer");
            }
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (final SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (final IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
