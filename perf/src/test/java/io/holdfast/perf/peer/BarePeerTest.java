package io.holdfast.perf.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class BarePeerTest {
    @Test
    void shouldAnswerTheSameEveryTimeWhenAskedOnOneConnection() throws Exception {
        try (BarePeer peer = BarePeer.start(0, 1, 200)) {
            final HttpCaller caller = new HttpCaller(peer);

            final HttpResponse<String> first = caller.buy("tour", "b-1", "press-1", 1);
            final HttpResponse<String> second = caller.putDrop("tour", "{}");

            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(first.body()).hasSize(200).startsWith("{\"").endsWith("\"}");
            assertThat(first.headers().firstValue("content-type")).contains("application/json");
            assertThat(second.body()).isEqualTo(first.body());
        }
    }

    @Test
    void shouldNameThePortWhenItIsTaken() throws Exception {
        try (BarePeer peer = BarePeer.start(0, 1, 200)) {
            final int taken = peer.port();

            assertThatThrownBy(() -> BarePeer.start(taken, 1, 200))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(taken));
        }
    }
}
