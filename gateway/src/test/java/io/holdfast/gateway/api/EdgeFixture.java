package io.holdfast.gateway.api;

import io.holdfast.gateway.EdgeConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A running edge over the real core, with limits and deadlines that a test can set. */
final class EdgeFixture implements AutoCloseable {
    static final String API_KEY = "api-key-0123456789";
    static final String ADMIN_KEY = "admin-key-0123456789";
    static final String PAYMENT_SECRET = "payment-secret-0123456789";
    static final String OLD_PAYMENT_SECRET = "older-payment-secret-0123456789";

    private static final EdgeConfig.Address ANY_PORT = new EdgeConfig.Address("127.0.0.1", 0);

    final MemorySequencer sequencer = new MemorySequencer();
    final MemoryDesk desk = new MemoryDesk();
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final AtomicReference<Error> error = new AtomicReference<>();
    final HttpEdge edge;

    private final InetSocketAddress address;

    /** What may differ from one test to another. */
    record Setting(
            EdgeConfig.Limits limits,
            EdgeConfig.Deadlines deadlines,
            boolean privateStock,
            EdgeConfig.Tls tls,
            EdgeConfig.Browsers browsers) {
        static final Setting DEFAULT = new Setting(
                new EdgeConfig.Limits(1_000, 0, 0, 1),
                EdgeConfig.Deadlines.DEFAULT,
                false,
                null,
                EdgeConfig.Browsers.NONE);

        Setting with(final EdgeConfig.Limits other) {
            return new Setting(other, deadlines, privateStock, tls, browsers);
        }

        Setting with(final EdgeConfig.Tls other) {
            return new Setting(limits, deadlines, privateStock, other, browsers);
        }

        Setting with(final EdgeConfig.Browsers other) {
            return new Setting(limits, deadlines, privateStock, tls, other);
        }

        Setting withPrivateStock() {
            return new Setting(limits, deadlines, true, tls, browsers);
        }

        Setting withDeadlinesMs(final long header, final long body, final long idle) {
            return new Setting(
                    limits,
                    new EdgeConfig.Deadlines(
                            Duration.ofMillis(header),
                            Duration.ofMillis(body),
                            Duration.ofMillis(idle),
                            deadlines.desk()),
                    privateStock,
                    tls,
                    browsers);
        }

        Setting withDeskDeadlineMs(final long desk) {
            return new Setting(
                    limits,
                    new EdgeConfig.Deadlines(
                            deadlines.header(), deadlines.body(), deadlines.idle(), Duration.ofMillis(desk)),
                    privateStock,
                    tls,
                    browsers);
        }
    }

    EdgeFixture() throws IOException {
        this(Setting.DEFAULT);
    }

    EdgeFixture(final Setting setting) throws IOException {
        final EdgeConfig config = new EdgeConfig(
                ANY_PORT,
                ANY_PORT,
                new EdgeConfig.Access(
                        API_KEY,
                        ADMIN_KEY,
                        List.of(PAYMENT_SECRET, OLD_PAYMENT_SECRET),
                        setting.privateStock(),
                        setting.browsers()),
                setting.tls(),
                setting.limits(),
                setting.deadlines());
        edge = new HttpEdge(
                config, new HttpEdge.Ports(sequencer, sequencer, desk), registry, sequencer::timeMs, error::set);
        address = edge.start();
    }

    InetSocketAddress address() {
        return address;
    }

    HttpConnection connect() throws IOException {
        return new HttpConnection(address);
    }

    /** Makes a drop of one SKU, GA, without prices. */
    void createDrop(final String drop, final int capacity) throws IOException {
        try (HttpConnection operator = connect()) {
            final HttpConnection.Response created = operator.put(
                    "/v1/drops/" + drop, ADMIN_KEY, "{\"skus\":[{\"sku\":\"GA\",\"capacity\":" + capacity + "}]}");
            if (created.status() != 201) {
                throw new IllegalStateException("no drop: " + created);
            }
        }
    }

    @Override
    public void close() {
        edge.close();
    }
}
