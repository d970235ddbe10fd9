package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.api.AdminDesk;
import io.holdfast.settlement.webhook.DeadLetters;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Event loops ask the operators' desk: whatever Postgres does, an answer is promised, and nothing thrown at them. */
class OperatorDeskTest {
    private static final int MORE_THAN_WAIT = 40;

    @Test
    void shouldFailTheAnswerWhenTooManyWaitForASilentDatabase() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, MORE_THAN_WAIT, InetAddress.getLoopbackAddress())) {
            final PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/none");
            source.setSocketTimeout(2);
            source.setLoginTimeout(2);
            final List<CompletableFuture<AdminDesk.DeadLetters>> answers = new ArrayList<>();

            try (OperatorDesk desk = new OperatorDesk(null, Optional.of(new DeadLetters(source)))) {
                for (int i = 0; i < MORE_THAN_WAIT; i++) {
                    answers.add(desk.deadLetters(0, 1).toCompletableFuture());
                }

                assertThat(answers.get(0)).isNotDone();
                assertThat(answers.get(MORE_THAN_WAIT - 1)).isCompletedExceptionally();
            }
        }
    }
}
