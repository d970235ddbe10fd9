package io.holdfast.settlement.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The scripts that the mirror runs in Redis; each says in its head what it takes and gives. */
enum MirrorScript {
    CLAIM("claim.lua"),
    WRITE("write.lua"),
    PAGE("page.lua");

    private final String text;

    MirrorScript(final String resource) {
        try (InputStream in = MirrorScript.class.getResourceAsStream(resource)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
    }

    String text() {
        return text;
    }
}
