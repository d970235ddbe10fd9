package io.holdfast.settlement.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A target that takes whole requests, and writes to the socket whatever it likes. */
final class RawTarget implements AutoCloseable {
    /** Writes after each request; returns when it has written enough. */
    interface Writer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicLong written = new AtomicLong();

    RawTarget(final Writer writer) throws IOException {
        threads.execute(() -> accept(writer));
    }

    private void accept(final Writer writer) {
        while (!server.isClosed()) {
            try {
                final Socket socket = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(socket, writer));
            } catch (final IOException e) {
                return;
            }
        }
    }

    private void serve(final Socket socket, final Writer writer) {
        try (socket) {
            final InputStream in = socket.getInputStream();
            while (readRequest(in)) {
                writer.write(new CountedOut(socket.getOutputStream()));
            }
            broken.incrementAndGet();
        } catch (final IOException e) {
            broken.incrementAndGet();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Up to the end of its body, which holds no line break; false at the end of the connection. */
    private static boolean readRequest(final InputStream in) throws IOException {
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            final int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        final String length =
                head.toString().toLowerCase().split("content-length: ")[1].split("\r\n")[0];
        in.readNBytes(Integer.parseInt(length));
        return true;
    }

    static void text(final OutputStream out, final String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    long connections() {
        return connections.get();
    }

    /** How many connections the other side has closed, or broken. */
    long broken() {
        return broken.get();
    }

    long written() {
        return written.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private final class CountedOut extends OutputStream {
        private final OutputStream out;

        CountedOut(final OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(final int value) throws IOException {
            out.write(value);
            written.incrementAndGet();
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int length) throws IOException {
            out.write(bytes, offset, length);
            written.addAndGet(length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
