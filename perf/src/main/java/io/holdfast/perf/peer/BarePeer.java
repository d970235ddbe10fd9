package io.holdfast.perf.peer;

import java.io.IOException;

/**
 * The yardstick: what Netty's HTTP codec reaches when the answer costs nothing. Whatever is asked, the same
 * JSON of the same
 * length is answered with 201.
 */
public final class BarePeer implements Peer {
    /** About what a verdict is long. */
    public static final int BODY_LENGTH_DEFAULT = 200;

    /** More is no verdict. */
    public static final int BODY_LENGTH_MAX = 65_536;

    private final PeerServer server;

    private BarePeer(final PeerServer server) {
        this.server = server;
    }

    /**
     * Starts it; returns when it serves.
     *
     * @param port 0 takes a free one
     * @param eventLoops threads; 0 is one for two processors
     * @param bodyLength of the answer in bytes
     * @throws IOException when it cannot serve; the message says why
     */
    public static BarePeer start(final int port, final int eventLoops, final int bodyLength) throws IOException {
        final PeerServer server = new PeerServer(eventLoops);
        try {
            final BareAnswer answer = new BareAnswer(bodyLength);
            server.listen(port, loop -> new BareHandler(answer));
            return new BarePeer(server);
        } catch (final IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
