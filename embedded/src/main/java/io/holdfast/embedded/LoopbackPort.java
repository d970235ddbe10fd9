package io.holdfast.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback address. */
final class LoopbackPort {
    static final String HOST = "127.0.0.1";

    private static final int PORT_MAX = 65_535;

    private LoopbackPort() {}

    /**
     * The given port when it is free, or a free one for 0. It is free no longer than until somebody else takes it.
     *
     * @throws BindException if it is taken, or not allowed
     */
    static int free(final int port) throws IOException {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port " + port + " is not within 0 to " + PORT_MAX);
        }
        // The option as the servers set it: connections that linger after a restart do not keep a port taken.
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket.getLocalPort();
        } catch (final BindException e) {
            final BindException named = new BindException("port " + port + " of " + HOST + " cannot be taken ("
                    + e.getMessage() + "); next step: free it, or name another");
            named.initCause(e);
            throw named;
        }
    }
}
