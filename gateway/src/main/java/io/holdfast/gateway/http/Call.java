package io.holdfast.gateway.http;

/**
 * The request that a connection has in work. The object lives as long as the connection and is filled anew
 * for each request: a handler keeps it only until it has sent the answer. Used on the connection's event loop
 * only.
 */
public abstract class Call extends DeadlineQueue.Waiter {
    private final HeadFields fields = new HeadFields();

    private String method = "";
    private String target = "";
    private byte[] body = new byte[0];
    private int bodyLength;
    private int route = -1;

    Call() {}

    /**
     * Writes the answer, or drops it where the client has gone; the connection then goes on with what it has
     * read.
     */
    public abstract void send(Reply reply);

    /**
     * Answers with a stream of events, which goes on until the feed or the client ends it; nothing more is read on the
     * connection. To be called while the handler is called, and not later.
     *
     * @param head the answer without its body
     * @param known the event that the client has seen already, if that is the feed's newest; else null
     * @return false when there are as many streams as there may be: then the call is still to be answered
     */
    public abstract boolean stream(Reply head, EventFeed feed, byte[] known);

    /**
     * Ends a call that cannot be answered: 500, and the connection closes. Says what failed to whom it
     * concerns.
     */
    public abstract void fail(Throwable failure);

    /**
     * The client's address, as 64 bits that tell two addresses apart: IPv4 whole, of IPv6 the network's half.
     */
    public abstract long address();

    /** The loop's reply, to be filled. */
    public abstract Reply reply();

    public final String method() {
        return method;
    }

    /** The request target as it came, visible ASCII. */
    public final String target() {
        return target;
    }

    public final HeadFields fields() {
        return fields;
    }

    /** The first {@link #bodyLength()} bytes of it are the body. */
    public final byte[] body() {
        return body;
    }

    public final int bodyLength() {
        return bodyLength;
    }

    /** What the handler calls this kind of request, for its metrics. */
    public final int route() {
        return route;
    }

    public final void route(final int route) {
        this.route = route;
    }

    public final boolean isHead() {
        return "HEAD".equals(method);
    }

    final void begin(final String method, final String target) {
        this.method = method;
        this.target = target;
        this.bodyLength = 0;
        this.route = -1;
    }

    final void body(final byte[] body, final int bodyLength) {
        this.body = body;
        this.bodyLength = bodyLength;
    }
}
