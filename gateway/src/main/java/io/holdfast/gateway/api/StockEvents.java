package io.holdfast.gateway.api;

import io.holdfast.gateway.http.EventFeed;
import java.nio.charset.StandardCharsets;

/** One drop as events, each made once however many watch. For one event loop. */
final class StockEvents implements EventFeed {
    private final StockPages pages;
    private final String drop;

    private StockPages.Page shown;
    private byte[] event;

    StockEvents(final StockPages pages, final String drop) {
        this.pages = pages;
        this.drop = drop;
    }

    @Override
    public byte[] newest() {
        final StockPages.Page page = pages.find(drop);
        if (page == null) {
            return null;
        }
        if (shown == null || page.image() != shown.image()) {
            shown = page;
            event = event(page);
        }
        return event;
    }

    /** Whether the newest one is of that id. */
    boolean isNewest(final String id) {
        return newest() != null && Long.toString(shown.sequence()).equals(id);
    }

    private static byte[] event(final StockPages.Page page) {
        final byte[] beginning =
                ("id: " + page.sequence() + "\nevent: stock\ndata: ").getBytes(StandardCharsets.US_ASCII);
        final byte[] event = new byte[beginning.length + page.json().length + 2];
        System.arraycopy(beginning, 0, event, 0, beginning.length);
        System.arraycopy(page.json(), 0, event, beginning.length, page.json().length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }
}
