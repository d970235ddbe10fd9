package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.EdgeConfig;
import io.holdfast.gateway.access.RawTokens;
import io.holdfast.gateway.http.Fault;
import io.holdfast.gateway.json.RejectCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The description and the running server say the same. */
class OpenApiTest {
    private static final Path DESCRIPTION = Path.of("..", "docs", "openapi.yaml");
    private static final Pattern PATH = Pattern.compile("^  (/[^:]*):$");
    private static final Pattern METHOD = Pattern.compile("^    (get|put|post|delete|patch):$");
    private static final Pattern STATUS = Pattern.compile("^        \"(\\d{3})\":.*$");
    private static final Pattern CODE = Pattern.compile("^        - ([a-z-]+|[a-z-]+-not-supported)$");

    /**
     * What would do on each route with the right key, so that it succeeds on a drop of one SKU and a live
     * hold.
     */
    private static final Map<Route, String> BODIES = Map.of(
            Route.PLACE_HOLD, "{\"buyer\":\"b\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}",
            Route.EXTEND_HOLD, "{\"seconds\":60}",
            Route.CREATE_DROP, "{\"skus\":[{\"sku\":\"GA\",\"capacity\":10}]}",
            Route.ADJUST_STOCK, "{\"sku\":\"GA\",\"delta\":1}");

    private static final EdgeConfig.Browsers TOKENS = new EdgeConfig.Browsers(Optional.of(RawTokens.SECRET), List.of());

    /** Statuses by operation, such as {@code POST /v1/payments}. */
    private static Map<String, Set<Integer>> operations() throws IOException {
        final Map<String, Set<Integer>> operations = new TreeMap<>();
        String path = "";
        String operation = "";
        for (final String line : Files.readAllLines(DESCRIPTION)) {
            if (line.equals("components:")) {
                break;
            }
            final Matcher pathAt = PATH.matcher(line);
            final Matcher methodAt = METHOD.matcher(line);
            final Matcher statusAt = STATUS.matcher(line);
            if (pathAt.matches()) {
                path = pathAt.group(1);
            } else if (methodAt.matches()) {
                operation = methodAt.group(1).toUpperCase(Locale.ROOT) + ' ' + path;
                operations.put(operation, new TreeSet<>());
            } else if (statusAt.matches()) {
                operations.get(operation).add(Integer.parseInt(statusAt.group(1)));
            }
        }
        return operations;
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() throws IOException {
        assertThat(operations().keySet()).containsExactlyInAnyOrderElementsOf(Route.labels());
    }

    @Test
    void shouldNameEveryCode() throws IOException {
        final Set<String> codes = new TreeSet<>();
        for (final RejectCode code : RejectCode.values()) {
            codes.add(code.code());
        }
        for (final Fault fault : Fault.values()) {
            codes.add(fault.code());
        }
        final Set<String> described = new TreeSet<>();
        boolean inCodes = false;
        for (final String line : Files.readAllLines(DESCRIPTION)) {
            inCodes |= line.equals("    Code:");
            final Matcher code = CODE.matcher(line);
            if (inCodes && code.matches()) {
                described.add(code.group(1));
            }
        }

        assertThat(described).isEqualTo(codes);
    }

    @Test
    void shouldAnswerWhatIsDescribedWhenEachRouteIsAsked() throws IOException {
        final Map<String, Set<Integer>> operations = operations();
        for (final Route route : Route.values()) {
            final Set<Integer> statuses =
                    operations.get(route.method() + ' ' + route.resource().template());
            try (EdgeFixture server = new EdgeFixture(EdgeFixture.Setting.DEFAULT.with(TOKENS));
                    HttpConnection client = server.connect()) {
                final long hourLater = server.sequencer.timeMs() / 1_000 + 3_600;
                final String token = RawTokens.of("b", "d", hourLater);
                final String elsewhere = RawTokens.of("b", "other", hourLater);
                final String expired = RawTokens.of("b", "d", 1);
                server.createDrop("d", 10);
                final String hold = client.post("/v1/drops/d/holds", API_KEY, BODIES.get(Route.PLACE_HOLD))
                        .member("hold");
                final String target = route.resource()
                        .template()
                        .replace("{drop}", "d")
                        .replace("{hold}", hold)
                        .replace("{payment}", "p")
                        .replace("{code}", "sold-out");
                for (final String key : new String[] {null, "wrong", token, elsewhere, expired, API_KEY, ADMIN_KEY}) {
                    // A stream has no end: of that the head will do.
                    final String method = route == Route.WATCH_DROP ? "HEAD" : route.method();
                    final HttpConnection.Response answered =
                            client.request(method, target, key, BODIES.get(route), "Idempotency-Key: k");
                    assertThat(statuses)
                            .as("%s with %s: %s", route, key, answered)
                            .contains(answered.status());
                    final HttpConnection.Response confused = client.request(method, target, key, "[]");
                    assertThat(statuses)
                            .as("%s with %s: %s", route, key, confused)
                            .contains(confused.status());
                }
            }
        }
    }
}
