package io.holdfast.gateway.http;

/**
 * What a stream of events shows: always the newest, whatever was missed meanwhile. Asked on the event loop, twenty times a
 * second at most for each stream.
 */
@FunctionalInterface
public interface EventFeed {
    /**
     * The newest event as it is sent: its fields, a line each, and an empty line.
     *
     * @return the very same array as long as there is nothing new; null when the stream is to end
     * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">HTML, 9.2.5</a>
     */
    byte[] newest();
}
