package io.holdfast.gateway;

import io.holdfast.gateway.api.DropSnapshot;
import io.holdfast.gateway.api.PublicStock;
import io.holdfast.gateway.pipeline.Pipeline;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Shows the pipeline's durable images to strangers, and keeps the JSON of each for as long as it is the latest. */
final class PublicImages implements PublicStock {
    private final Pipeline pipeline;
    private final ConcurrentMap<String, Shown> shown = new ConcurrentHashMap<>();

    PublicImages(final Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public DropSnapshot find(final CharSequence drop) {
        final String name = drop.toString();
        final byte[] image = pipeline.dropImage(name);
        if (image == null) {
            shown.remove(name);
            return null;
        }
        Shown latest = shown.get(name);
        if (latest == null || latest.image != image) {
            latest = new Shown(image, new DropSnapshot(new UnsafeBuffer(image)));
            shown.put(name, latest);
        }
        return latest.snapshot;
    }

    private record Shown(byte[] image, DropSnapshot snapshot) {}
}
