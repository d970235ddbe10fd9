package io.holdfast.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ServerClientTest {
    @Test
    void shouldReadTheLagOfEachFollowerOutOfAStatus() {
        final String status = "{\"ready\":true,\"degraded\":[],\"sequence\":9,\"followers\":{"
                + "\"mirror\":{\"state\":\"following\",\"sequence\":7,\"lagRecords\":2,\"lagSeconds\":0.1},"
                + "\"settlement\":{\"state\":\"away\",\"sequence\":0,\"lagRecords\":9,\"detail\":\"lagRecords\"}}}";

        assertThat(ServerClient.lag(status.getBytes(StandardCharsets.UTF_8)))
                .containsEntry("mirror", 2L)
                .containsEntry("settlement", 9L)
                .hasSize(2);
    }
}
