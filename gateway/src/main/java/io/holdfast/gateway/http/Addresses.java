package io.holdfast.gateway.http;

import java.net.InetAddress;

/** Client addresses as numbers. */
final class Addresses {
    private static final int NETWORK_LENGTH = 8;

    private Addresses() {}

    /** IPv4 whole; of IPv6 the first 64 bits, since a host has the other half to itself. */
    static long of(final InetAddress address) {
        final byte[] bytes = address.getAddress();
        long number = 0;
        for (int i = 0; i < Math.min(bytes.length, NETWORK_LENGTH); i++) {
            number = number << 8 | bytes[i] & 0xFF;
        }
        return number;
    }
}
