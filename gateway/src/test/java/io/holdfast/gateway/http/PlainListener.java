package io.holdfast.gateway.http;

import io.holdfast.gateway.EdgeConfig;
import java.util.function.Consumer;

/** A listener for tests: without TLS, on a free port, with one event loop. */
final class PlainListener {
    private static final int CONNECTIONS_MAX = 100;

    private PlainListener() {}

    static HttpListener of(final CallHandler handler, final Consumer<Error> onError) {
        return new HttpListener(
                new EdgeConfig.Address("127.0.0.1", 0),
                null,
                new HttpListener.Options("test", "", 1, CONNECTIONS_MAX, EdgeConfig.Deadlines.DEFAULT),
                eventLoop -> handler,
                onError);
    }
}
