package io.holdfast.gateway.http;

import io.holdfast.gateway.EdgeConfig;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** A listener for tests: without TLS, on a free port, with one event loop. */
final class PlainListener {
    private static final int CONNECTIONS_MAX = 100;

    private PlainListener() {}

    static HttpListener of(final CallHandler handler, final Consumer<Error> onError) {
        return perLoop(eventLoop -> handler, onError);
    }

    static HttpListener perLoop(final Function<Executor, CallHandler> handlers, final Consumer<Error> onError) {
        return perLoop(handlers, onError, EdgeConfig.Deadlines.DEFAULT);
    }

    static HttpListener perLoop(
            final Function<Executor, CallHandler> handlers,
            final Consumer<Error> onError,
            final EdgeConfig.Deadlines deadlines) {
        return new HttpListener(
                new EdgeConfig.Address("127.0.0.1", 0),
                null,
                new HttpListener.Options("test", "", 1, CONNECTIONS_MAX, deadlines, Origins.NONE),
                handlers,
                onError);
    }
}
