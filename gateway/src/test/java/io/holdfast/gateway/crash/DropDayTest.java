package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The day that Holdfast is made for, from outside: 50,000 people press Buy for 5,000 things, over 256 connections. */
@Timeout(300)
class DropDayTest {
    private static final int STOCK = 5_000;
    private static final int BUYERS = 50_000;
    private static final int CONNECTIONS = 256;

    @TempDir
    private Path data;

    @Test
    void shouldGrantExactlyTheStockAndTellEverybodyElseThatItIsSoldOut() throws Exception {
        final ServerProcess server = ServerProcess.start(data);
        final Crowd crowd = new Crowd("d", BUYERS, CONNECTIONS);
        try (HttpClient operator = new HttpClient(server.port())) {
            operator.operator("PUT", "/v1/drops/d", "{\"skus\":[{\"sku\":\"GA\",\"capacity\":" + STOCK + "}]}");

            crowd.press(server.port());

            final HttpClient.Reply drop = operator.storefront("GET", "/v1/drops/d", "", "");
            assertThat(drop.member("available")).isEqualTo("0");
            assertThat(drop.member("held")).isEqualTo(Integer.toString(STOCK));
        }
        assertThat(crowd.fault()).isNull();
        assertThat(crowd.isAnyoneWaiting()).isFalse();
        assertThat(new HashSet<>(crowd.holds().values())).hasSize(STOCK);
        assertThat(crowd.soldOutCount()).isEqualTo(BUYERS - STOCK);
        assertThat(server.terminate()).as(server.log()).isZero();
        JournalCheck.verify(data);
    }
}
