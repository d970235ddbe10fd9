package io.holdfast.perf.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A server of sockets and threads that reads whole requests and answers each with whatever the test says. */
final class RawServer implements AutoCloseable {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<InetAddress> sources = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<IOException> fault = new AtomicReference<>();
    private final Answering answering;

    /** Says what comes back for the n-th request, from 1; null ends the connection. */
    interface Answering {
        String answer(int number, String request) throws InterruptedException;
    }

    private RawServer(final Answering answering) throws IOException {
        this.answering = answering;
        this.listener = new ServerSocket(0, 1024, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    static RawServer start(final Answering answering) throws IOException {
        return new RawServer(answering);
    }

    HttpTarget target() {
        return HttpTarget.of("http://127.0.0.1:" + listener.getLocalPort());
    }

    int connections() {
        return connections.get();
    }

    int requests() {
        return requests.get();
    }

    Set<InetAddress> sources() {
        return sources;
    }

    private void accept() {
        try {
            while (true) {
                final Socket socket = listener.accept();
                connections.incrementAndGet();
                sources.add(socket.getInetAddress());
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (final IOException e) {
            if (!listener.isClosed()) {
                fault.set(e);
            }
        }
    }

    private void serve(final Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            final InputStream in = socket.getInputStream();
            final OutputStream out = socket.getOutputStream();
            for (String request = read(in); request != null; request = read(in)) {
                final String answer = answering.answer(requests.incrementAndGet(), request);
                if (answer == null) {
                    return;
                }
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (final IOException e) {
            sockets.remove(socket); // the other side went away, as tests make it
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Head and body of one request, or null at the end. */
    private static String read(final InputStream in) throws IOException {
        final ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            final int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
        }
        final String text = head.toString(StandardCharsets.ISO_8859_1);
        final int at = text.indexOf("Content-Length: ") + "Content-Length: ".length();
        final int length = Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
        return text + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (final Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
        if (fault.get() != null) {
            throw fault.get();
        }
    }
}
