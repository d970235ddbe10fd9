package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void shouldCountByDropOnlyWhenTheDropExists() throws IOException {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection client = server.connect()) {
            server.createDrop("d", 2);
            final String hold = "{\"buyer\":\"b\",\"items\":[{\"sku\":\"GA\",\"quantity\":2}]}";
            client.request("POST", "/v1/drops/d/holds", API_KEY, hold, "Idempotency-Key: k");
            client.request("POST", "/v1/drops/d/holds", API_KEY, hold, "Idempotency-Key: k");
            client.post("/v1/drops/d/holds", API_KEY, hold);
            client.post("/v1/drops/invented/holds", API_KEY, hold);
            client.send("nonsense\r\n\r\n").read();

            final String scraped = server.registry.scrape();

            assertThat(scraped)
                    .contains("holdfast_holds_total{drop=\"d\",verdict=\"granted\"} 1")
                    .contains("holdfast_holds_total{drop=\"d\",verdict=\"repeated\"} 1")
                    .contains("holdfast_holds_total{drop=\"d\",verdict=\"sold-out\"} 1")
                    .contains("route=\"POST /v1/drops/{drop}/holds\",status=\"201\"")
                    .contains("route=\"none\",status=\"400\"")
                    .doesNotContain("invented");
        }
    }
}
