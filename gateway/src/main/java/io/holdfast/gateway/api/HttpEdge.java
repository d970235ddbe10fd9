package io.holdfast.gateway.api;

import io.holdfast.gateway.EdgeConfig;
import io.holdfast.gateway.access.ApiKeys;
import io.holdfast.gateway.access.BuyerTokens;
import io.holdfast.gateway.access.PaymentSignature;
import io.holdfast.gateway.http.CallHandler;
import io.holdfast.gateway.http.HttpListener;
import io.holdfast.gateway.http.Origins;
import io.holdfast.gateway.limits.RateLimit;
import io.holdfast.gateway.management.EdgeMetrics;
import io.holdfast.gateway.sequencer.Sequencer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The HTTP edge: serves the API on event loops of its own, from requests to the sequencer and back.
 *
 * <p>Life: {@link #start} once the sequencer takes commands; {@link #drain} while it still does, so that
 * whoever asked is answered; {@link #close}. None of them by an event loop's thread.
 */
public final class HttpEdge implements AutoCloseable {
    private static final int BUYERS_MAX = 1 << 17;
    private static final int ADDRESSES_MAX = 1 << 16;
    private static final int PROCESSORS_PER_LOOP = 2;

    private final HttpListener listener;

    /**
     * Prepares the edge and opens its lanes.
     *
     * @param ports where requests go
     * @param wallClockMs what payment signatures and buyer tokens are dated by
     * @param onError told of errors that the process should not outlive, such as no memory
     * @throws IllegalArgumentException when the certificate or its key cannot be used
     */
    public HttpEdge(
            final EdgeConfig config,
            final Ports ports,
            final PrometheusMeterRegistry registry,
            final LongSupplier wallClockMs,
            final Consumer<Error> onError) {
        final EdgeConfig.Limits limits = config.limits();
        final EdgeMetrics metrics =
                new EdgeMetrics(registry, Route.labels(), Verdicts.labels(), Verdicts.paymentLabels());
        final ApiHandler.Rates rates = new ApiHandler.Rates(
                new RateLimit(limits.buyerRate(), BUYERS_MAX), new RateLimit(limits.addressRate(), ADDRESSES_MAX));
        final EdgeConfig.Access access = config.access();
        final ApiKeys keys = new ApiKeys(access.apiKey(), access.adminKey());
        final BuyerTokens tokens = access.browsers()
                .tokenSecret()
                .map(secret -> new BuyerTokens(secret, wallClockMs))
                .orElse(null);
        final Origins origins = new Origins(access.browsers().origins());
        this.listener = new HttpListener(
                config.http(),
                config.tls(),
                new HttpListener.Options(
                        "http",
                        "",
                        eventLoops(limits.eventLoops()),
                        limits.maxConnections(),
                        config.deadlines(),
                        origins),
                eventLoop -> handler(
                        eventLoop,
                        ports.sequencer(),
                        limits.maxConnections(),
                        new Guard(
                                keys,
                                tokens,
                                new PaymentSignature(access.paymentSecrets(), wallClockMs),
                                access.privateStock()),
                        rates,
                        new ApiHandler.Outlook(
                                origins,
                                ports.publicStock(),
                                new DeskCalls(
                                        ports.desk(),
                                        eventLoop,
                                        config.deadlines().desk()),
                                metrics.openLoop())),
                onError);
        listener.bindTo(registry);
    }

    /**
     * Where requests go.
     *
     * @param sequencer decides commands and answers queries, in one order
     * @param publicStock shows drops to strangers
     * @param desk serves operators beside that order
     */
    public record Ports(Sequencer sequencer, PublicStock publicStock, AdminDesk desk) {}

    /**
     * Takes the address and begins to serve.
     *
     * @return the address taken, its port no longer 0
     * @throws IOException when it cannot be taken, naming it
     */
    public InetSocketAddress start() throws IOException {
        return listener.start();
    }

    /** Connections open now. */
    public int openConnections() {
        return listener.openCount();
    }

    /**
     * Stops accepting, closes idle connections, and waits until the requests in work are answered.
     *
     * @return whether all were, before the time was up
     */
    public boolean drain(final Duration timeout) {
        return listener.drain(timeout);
    }

    /** Closes what is still open, and ends the event loops. */
    @Override
    public void close() {
        listener.close();
    }

    private static CallHandler handler(
            final Executor eventLoop,
            final Sequencer sequencer,
            final int inFlightMax,
            final Guard guard,
            final ApiHandler.Rates rates,
            final ApiHandler.Outlook outlook) {
        return new ApiHandler(eventLoop, sequencer, inFlightMax, guard, rates, outlook);
    }

    private static int eventLoops(final int asked) {
        return asked > 0 ? asked : eventLoopsFor(Runtime.getRuntime().availableProcessors());
    }

    /** How many event loops are chosen for so many processors. */
    public static int eventLoopsFor(final int processors) {
        return Math.max(1, processors / PROCESSORS_PER_LOOP);
    }
}
