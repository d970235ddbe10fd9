package io.holdfast.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.EdgeConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private static final EdgeConfig CONFIG = new EdgeConfig(
            new EdgeConfig.Address("127.0.0.1", 0),
            new EdgeConfig.Address("127.0.0.1", 0),
            new EdgeConfig.Access("a", "b", List.of("c"), false, EdgeConfig.Browsers.NONE),
            null,
            EdgeConfig.Limits.DEFAULT,
            EdgeConfig.Deadlines.DEFAULT);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();

    private volatile ManagementView.Readiness readiness = new ManagementView.Readiness(true, "ready", List.of("redis"));
    private volatile boolean live = true;
    private ManagementServer server;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        server = new ManagementServer(CONFIG, new View(), registry, error -> {});
        address = server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(final String path) throws IOException, InterruptedException {
        final URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldBeReadyAndNameWhatIsAwayWhenAStoreIs() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("{\"ready\":true,\"state\":\"ready\",\"degraded\":[\"redis\"]}");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotBeReadyWhenDrainingAndNotLiveWhenHalted() throws Exception {
        readiness = new ManagementView.Readiness(false, "draining", List.of());
        live = false;

        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/livez").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldShowTheNumbersWhenAskedForStatus() throws Exception {
        assertThat(get("/status").body())
                .isEqualTo("{\"ready\":true,\"state\":\"ready\",\"degraded\":[\"redis\"],\"sequence\":1,"
                        + "\"position\":2,\"durablePosition\":3,\"ringDepth\":4,\"ringSize\":5,"
                        + "\"followers\":{"
                        + "\"mirror\":{\"state\":\"following\",\"sequence\":9,\"lagRecords\":7,\"lagSeconds\":0.250},"
                        + "\"settlement\":{\"state\":\"away\",\"sequence\":8,\"lagRecords\":6,\"lagSeconds\":1.500,"
                        + "\"detail\":\"no route\"}}}");
    }

    @Test
    void shouldAnswer404WhenThePathIsUnknown() throws Exception {
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldAddUpWhatTheLoopsCountedWhenScraped() throws Exception {
        final EdgeMetrics metrics =
                new EdgeMetrics(registry, List.of("GET /a"), List.of("granted", "sold-out"), List.of("PAID"));
        final LoopMetrics one = metrics.openLoop();
        final LoopMetrics other = metrics.openLoop();
        one.answered(0, 200, 60_000);
        other.answered(0, 200, 200_000);
        other.answered(-1, 400, 0);
        other.payment(0);
        assertThat(one.hold(3, 0)).isFalse();
        one.open(3, "tour");
        assertThat(one.hold(3, 0)).isTrue();
        other.open(3, "tour");
        other.hold(3, 0);
        other.hold(3, 1);

        final String scraped = get("/metrics").body();

        assertThat(scraped)
                .contains("holdfast_request_seconds_bucket{route=\"GET /a\",status=\"200\",le=\"1.0E-4\"} 1")
                .contains("holdfast_request_seconds_bucket{route=\"GET /a\",status=\"200\",le=\"+Inf\"} 2")
                .contains("holdfast_request_seconds_count{route=\"GET /a\",status=\"200\"} 2")
                .contains("holdfast_request_seconds_count{route=\"none\",status=\"400\"} 1")
                .contains("holdfast_holds_total{drop=\"tour\",verdict=\"granted\"} 2")
                .contains("holdfast_holds_total{drop=\"tour\",verdict=\"sold-out\"} 1")
                .contains("holdfast_payments_total{outcome=\"PAID\"} 1");
    }

    private final class View implements ManagementView {
        @Override
        public boolean isLive() {
            return live;
        }

        @Override
        public Readiness readiness() {
            return readiness;
        }

        @Override
        public Status status() {
            return new Status(
                    1,
                    2,
                    3,
                    4,
                    5,
                    Map.of(
                            "settlement",
                            new FollowerView("away", 8, 6, 1.5, "no route"),
                            "mirror",
                            new FollowerView("following", 9, 7, 0.25, "")));
        }
    }
}
