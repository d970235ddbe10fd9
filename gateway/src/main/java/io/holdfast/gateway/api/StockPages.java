package io.holdfast.gateway.api;

import io.holdfast.gateway.json.DropJson;
import io.holdfast.gateway.json.JsonBuffer;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Public drops as JSON, made once for each image however many look at it. One for each event loop. */
final class StockPages {
    /** As many drops as a server has; beyond that the pages are made anew. */
    private static final int PAGES_MAX = 1_000;

    /** @param json of the image, not to be changed */
    record Page(byte[] image, byte[] json, long sequence) {}

    private final PublicStock stock;
    private final DropJson dropJson = new DropJson();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final JsonBuffer json = new JsonBuffer();
    private final Map<String, Page> pages = new HashMap<>();

    /** Of drops that have a page. */
    private final Map<String, StockEvents> events = new HashMap<>();

    StockPages(final PublicStock stock) {
        this.stock = stock;
    }

    /** What those see who watch the drop, all the same; of one that {@link #find} has found. */
    StockEvents events(final String drop) {
        return events.computeIfAbsent(drop, name -> new StockEvents(this, name));
    }

    /** The drop as it is now, the same page as long as nothing has changed; null for an unknown drop. */
    Page find(final String drop) {
        final byte[] image = stock.image(drop);
        if (image == null) {
            pages.remove(drop);
            events.remove(drop);
            return null;
        }
        Page page = pages.get(drop);
        if (page == null || page.image() != image) {
            if (pages.size() == PAGES_MAX) {
                pages.clear();
                events.clear();
            }
            view.wrap(image);
            dropJson.write(view, 0, json.clear());
            page = new Page(image, json.toByteArray(), dropJson.sequence());
            pages.put(drop, page);
        }
        return page;
    }
}
