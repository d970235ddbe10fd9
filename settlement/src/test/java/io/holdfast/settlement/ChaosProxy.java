package io.holdfast.settlement;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP proxy on the loopback address that can be cut, stalled, slowed down, or cut at the very moment that certain bytes
 * come by: in front of a real server, to lose what a network loses.
 *
 * <pre>{@code
 *   try (ChaosProxy proxy = ChaosProxy.to(server.port())) {
 *       proxy.cutAt(Direction.TO_CLIENT, "COMMIT");   // committed, and nobody hears of it
 *       connectTo(proxy.port());
 *   }
 * }</pre>
 *
 * <p>Any thread. What is told applies to connections that are there and to those that come.
 */
public final class ChaosProxy implements AutoCloseable {
    /** Whose bytes. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private record Trap(Direction direction, byte[] bytes) {}

    private static final int CHUNK_LENGTH_MAX = 64 * 1024;
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final int serverPort;
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Trap> trap = new AtomicReference<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition isChanged = lock.newCondition();

    /** Guarded by the lock. */
    private boolean isStalledToServer;

    private boolean isStalledToClient;

    private volatile boolean isCut;
    private volatile boolean isClosed;

    private ChaosProxy(final int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept, "chaos-proxy");
    }

    /** A proxy in front of a server on the loopback address. */
    public static ChaosProxy to(final int serverPort) throws IOException {
        return new ChaosProxy(serverPort);
    }

    /** Where to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Ends all connections, and each new one at once, until {@link #heal}. */
    public void cut() {
        isCut = true;
        links.forEach(Link::close);
    }

    /** Lets nothing through any more, and says nothing of it, until {@link #heal}. */
    public void stall() {
        stall(Direction.TO_SERVER);
        stall(Direction.TO_CLIENT);
    }

    /** Lets nothing through in one direction, until {@link #heal}. */
    public void stall(final Direction direction) {
        lock.lock();
        try {
            isStalledToServer |= direction == Direction.TO_SERVER;
            isStalledToClient |= direction == Direction.TO_CLIENT;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Cuts the connection, once, at which these bytes come by in that direction; they are not passed on. What the other
     * side had sent before has arrived.
     */
    public void cutAt(final Direction direction, final String bytes) {
        trap.set(new Trap(direction, bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Lets everything through again. Connections that were cut stay so. */
    public void heal() {
        lock.lock();
        try {
            isCut = false;
            isStalledToServer = false;
            isStalledToClient = false;
            isChanged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often a trap of {@link #cutAt} has sprung. */
    public int cuts() {
        return cuts.get();
    }

    /** Connections accepted since the start. */
    public int connections() {
        return connections.get();
    }

    private static void start(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!isClosed) {
            try {
                final Socket client = listener.accept();
                connections.incrementAndGet();
                if (isCut) {
                    client.close();
                } else {
                    new Link(client).open();
                }
            } catch (final IOException e) {
                if (!isClosed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void awaitPassage(final Direction direction) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isClosed && (direction == Direction.TO_SERVER ? isStalledToServer : isStalledToClient)) {
                isChanged.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean springs(final Direction direction, final byte[] chunk, final int length) {
        final Trap set = trap.get();
        if (set == null || set.direction() != direction || !contains(chunk, length, set.bytes())) {
            return false;
        }
        final boolean isFirst = trap.compareAndSet(set, null);
        if (isFirst) {
            cuts.incrementAndGet();
        }
        return isFirst;
    }

    private static boolean contains(final byte[] chunk, final int length, final byte[] wanted) {
        for (int from = 0; from + wanted.length <= length; from++) {
            int same = 0;
            while (same < wanted.length && chunk[from + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        listener.close();
        links.forEach(Link::close);
        heal();
    }

    /** One client's connection and the one to the server behind it. */
    private final class Link {
        private final Socket client;
        private final Socket server = new Socket();

        private Link(final Socket client) {
            this.client = client;
        }

        private void open() {
            links.add(this);
            if (isCut) {
                close(); // the cut came while this one was let in
                return;
            }
            try {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort), CONNECT_TIMEOUT_MS);
                start(() -> pump(client, server, Direction.TO_SERVER), "chaos-to-server");
                start(() -> pump(server, client, Direction.TO_CLIENT), "chaos-to-client");
            } catch (final IOException e) {
                close(); // the server is away: so is this connection
            }
        }

        private void pump(final Socket from, final Socket to, final Direction direction) {
            final byte[] chunk = new byte[CHUNK_LENGTH_MAX];
            try {
                final InputStream in = from.getInputStream();
                final OutputStream out = to.getOutputStream();
                for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                    awaitPassage(direction);
                    if (springs(direction, chunk, length)) {
                        break;
                    }
                    out.write(chunk, 0, length);
                    out.flush();
                }
            } catch (final IOException e) {
                close(); // one side has ended the connection, which ends it for the other
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        private void close() {
            links.remove(this);
            for (final Socket socket : new Socket[] {client, server}) {
                try {
                    socket.close();
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
