package io.holdfast.perf.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/**
 * Where requests go.
 *
 * @param address resolved once, before the first request
 * @param authority what the Host header says
 */
public record HttpTarget(InetSocketAddress address, String authority) {
    private static final int PORT_DEFAULT = 80;

    /**
     * Reads {@code http://HOST:PORT}.
     *
     * @throws IllegalArgumentException saying what is wrong with it, and what would be right
     */
    public static HttpTarget of(final String url) {
        final URI uri = parse(url);
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(url + " is not of the form http://HOST:PORT");
        }
        final String path = uri.getRawPath();
        if (path != null && !path.isEmpty() && !"/".equals(path) || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(url + " has a path: give http://HOST:PORT only");
        }
        final int port = uri.getPort() == -1 ? PORT_DEFAULT : uri.getPort();
        return new HttpTarget(new InetSocketAddress(resolve(uri.getHost()), port), uri.getHost() + ":" + port);
    }

    private static URI parse(final String url) {
        try {
            return new URI(url);
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException(url + " is not a URL: " + e.getReason(), e);
        }
    }

    private static InetAddress resolve(final String host) {
        try {
            return InetAddress.getByName(host);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(host + " is a name that nobody knows", e);
        }
    }

    /** Whether the target is this machine: anything else needs somebody's word that it may be loaded. */
    public boolean isLoopback() {
        return address.getAddress().isLoopbackAddress();
    }

    @Override
    public String toString() {
        return "http://" + authority;
    }
}
