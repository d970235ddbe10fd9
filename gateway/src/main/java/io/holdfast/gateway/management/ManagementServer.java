package io.holdfast.gateway.management;

import io.holdfast.gateway.EdgeConfig;
import io.holdfast.gateway.http.HttpListener;
import io.holdfast.gateway.http.Origins;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * The management port, on a listener and thread of its own, so that health is told however busy the edge is.
 * Start it before recovery: it says that the server is not ready yet.
 */
public final class ManagementServer implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 64;

    private final HttpListener listener;

    public ManagementServer(
            final EdgeConfig config,
            final ManagementView view,
            final PrometheusMeterRegistry registry,
            final Consumer<Error> onError) {
        this.listener = new HttpListener(
                config.management(),
                null,
                new HttpListener.Options(
                        "management", "management-", 1, CONNECTIONS_MAX, config.deadlines(), Origins.NONE),
                eventLoop -> new ManagementHandler(view, registry),
                onError);
    }

    /**
     * Takes the address and begins to serve.
     *
     * @return the address taken, its port no longer 0
     * @throws IOException when it cannot be taken, naming it
     */
    public InetSocketAddress start() throws IOException {
        return listener.start();
    }

    @Override
    public void close() {
        listener.close();
    }
}
