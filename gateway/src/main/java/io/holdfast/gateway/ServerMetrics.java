package io.holdfast.gateway;

import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.gateway.pipeline.Pipeline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.ToDoubleFunction;
import org.agrona.concurrent.UnsafeBuffer;

/** Metrics of ring, stock and JVM. All are read when Prometheus asks. */
final class ServerMetrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Lives as long as the registry: the collector of pauses listens to the JVM. */
    private final JvmGcMetrics collections = new JvmGcMetrics();

    ServerMetrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    void close() {
        collections.close();
        registry.close();
    }

    void bind(final Pipeline pipeline) {
        gauge("holdfast.ring.remaining", "Free slots of the ring.", pipeline, Pipeline::ringRemaining);
        gauge(
                "holdfast.clock.drift.seconds",
                "Logical time ahead of the wall clock.",
                pipeline,
                each -> each.clockDriftMs() / 1_000.0);
        registry.getPrometheusRegistry().register(new Stock(pipeline));
    }

    private <T> void gauge(
            final String name, final String description, final T subject, final ToDoubleFunction<T> value) {
        Gauge.builder(name, subject, value).description(description).register(registry);
    }

    /** {@code holdfast_stock}, from the durable images: a drop appears when it exists and goes when it is archived. */
    private static final class Stock implements Collector {
        private final Pipeline pipeline;

        Stock(final Pipeline pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public MetricSnapshot collect() {
            final GaugeSnapshot.Builder stock =
                    GaugeSnapshot.builder().name("holdfast_stock").help("Units by drop, SKU and state.");
            pipeline.dropImages().forEach((drop, image) -> add(stock, drop, image));
            return stock.build();
        }

        private static void add(final GaugeSnapshot.Builder stock, final String drop, final byte[] image) {
            final DropImageDecoder decoder = new DropImageDecoder();
            decoder.wrapAndApplyHeader(new UnsafeBuffer(image), 0, new MessageHeaderDecoder());
            for (final DropImageDecoder.SkusDecoder each = decoder.skus(); each.hasNext(); ) {
                each.next();
                final int available = each.available();
                final int held = each.held();
                final int sold = each.sold();
                final String sku = each.sku();
                stock.dataPoint(point(drop, sku, "available", available));
                stock.dataPoint(point(drop, sku, "held", held));
                stock.dataPoint(point(drop, sku, "sold", sold));
            }
        }

        private static GaugeSnapshot.GaugeDataPointSnapshot point(
                final String drop, final String sku, final String state, final int units) {
            return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("drop", drop, "sku", sku, "state", state))
                    .value(units)
                    .build();
        }
    }
}
