package io.holdfast.gateway.cli;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes keys for trying things out. */
final class FreshKeys {
    private static final int BYTES = 16;

    private FreshKeys() {}

    /** 128 random bits, prefixed by what they are for, so that one is not taken for another. */
    static String next(final String kind) {
        final byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return "dev_" + kind + "_" + HexFormat.of().formatHex(bytes);
    }
}
