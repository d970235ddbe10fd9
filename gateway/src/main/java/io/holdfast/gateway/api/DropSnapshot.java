package io.holdfast.gateway.api;

import io.holdfast.gateway.json.DropJson;
import io.holdfast.gateway.json.JsonBuffer;
import org.agrona.DirectBuffer;

/** A drop at one moment. Immutable; its JSON is made when the first asks, and kept for the others. */
public final class DropSnapshot {
    private final DirectBuffer image;

    private volatile byte[] json;

    /** @param image a DropImage, its header first, at offset 0; never changed afterwards */
    public DropSnapshot(final DirectBuffer image) {
        this.image = image;
    }

    public DirectBuffer image() {
        return image;
    }

    /** The drop's JSON; the array must not be changed. Two threads may both make it, with the same bytes. */
    public byte[] json() {
        byte[] made = json;
        if (made == null) {
            final JsonBuffer buffer = new JsonBuffer();
            new DropJson().write(image, 0, buffer);
            made = buffer.toByteArray();
            json = made;
        }
        return made;
    }
}
