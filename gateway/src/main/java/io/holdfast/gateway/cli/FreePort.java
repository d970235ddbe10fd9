package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether a port can be listened on. */
final class FreePort {
    private FreePort() {}

    /** True for an address that is not this machine's: the server says what is wrong with it. */
    static boolean isFree(final Endpoint endpoint) {
        final InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
        if (address.isUnresolved()) {
            return true;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }
}
