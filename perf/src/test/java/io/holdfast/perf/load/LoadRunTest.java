package io.holdfast.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LoadRunTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STALL_NS = 300 * MS;

    private static LoadPlan plan(final HttpTarget target, final int connections) {
        return plan(target, connections, false, 5_000 * MS);
    }

    private static LoadPlan plan(
            final HttpTarget target, final int connections, final boolean isNewEachRequest, final long timeoutNs) {
        return new LoadPlan(new WirePlan(target, 0, connections, 0), connections, isNewEachRequest, 1, 0, timeoutNs);
    }

    private static LoadResult run(final LoadPlan plan, final int count, final long windowNs) throws Exception {
        final HoldRequests requests = new HoldRequests(plan.wire().target(), "", "d", "GA", "t");
        final ArrivalTimes times = Arrivals.UNIFORM.times(count, windowNs, 1);
        return LoadRun.open(plan, times, requests, AnswerHandler.NONE).await();
    }

    @Test
    void shouldAskWithBuyerAndKeyOfItsOwnEachTime() throws Exception {
        final Set<String> seen = ConcurrentHashMap.newKeySet();
        try (RawServer server = RawServer.start((number, request) -> {
            seen.add(request);
            return RawServer.OK;
        })) {

            final LoadResult result = run(plan(server.target(), 4), 200, 100 * MS);

            assertThat(result.outcome().statuses()).isEqualTo(Map.of(200, 200L));
            assertThat(result.outcome().unanswered()).isZero();
            assertThat(server.connections()).isEqualTo(4);
            assertThat(seen)
                    .hasSize(200)
                    .anySatisfy(request -> assertThat(request)
                            .contains("Idempotency-Key: t-0000000199\r\n")
                            .endsWith("{\"buyer\":\"t-0000000199\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}"));
        }
    }

    @Test
    void shouldMakeConnectionForEachRequestFromManyAddresses() throws Exception {
        try (RawServer server = RawServer.start((number, request) -> RawServer.OK)) {
            final WirePlan wire = new WirePlan(server.target(), 5, 16, 0);

            final LoadResult result = run(new LoadPlan(wire, 16, true, 2, 0, 5_000 * MS), 100, 100 * MS);

            assertThat(result.outcome().answered()).isEqualTo(100);
            assertThat(result.effort().connections()).isEqualTo(100);
            assertThat(server.connections()).isEqualTo(100);
            assertThat(server.sources()).hasSize(5);
        }
    }

    /** One request in a hundred meets a stall of 300 ms; those that were due meanwhile have waited, too. */
    @Test
    void shouldCountWaitOfAllWhenServerStalls() throws Exception {
        try (RawServer server = RawServer.start((number, request) -> {
            if (number == 100) {
                LockSupport.parkNanos(STALL_NS);
            }
            return RawServer.OK;
        })) {

            final LoadResult result = run(plan(server.target(), 1), 500, 500 * MS);

            final Latencies latencies = result.latencies();
            final long waited = STALL_NS / 4;
            assertThat(result.outcome().answered()).isEqualTo(500);
            assertThat(latencies.service().getCountBetweenValues(waited, 10 * STALL_NS))
                    .isLessThan(20);
            assertThat(latencies.response().getCountBetweenValues(waited, 10 * STALL_NS))
                    .isGreaterThan(150);
            assertThat(result.effort().heldBack()).isGreaterThan(200);
            assertThat(latencies.lag().getTotalCount()).isLessThan(300);
        }
    }

    @Test
    void shouldCountWaitingTimeWhenNothingIsAnswered() throws Exception {
        try (RawServer server = RawServer.start((number, request) -> number > 10 ? hang() : RawServer.OK)) {

            final LoadResult result = run(plan(server.target(), 2, false, 100 * MS), 20, 20 * MS);

            assertThat(result.outcome().due()).isEqualTo(20);
            assertThat(result.outcome().answered()).isEqualTo(10);
            assertThat(result.outcome().failures().getOrDefault(Failure.TIMEOUT, 0L)
                            + result.outcome().failures().getOrDefault(Failure.UNSENT, 0L))
                    .isEqualTo(10);
            assertThat(result.latencies().response().getTotalCount()).isEqualTo(20);
            assertThat(result.latencies().response().getMaxValue()).isGreaterThan(99 * MS);
        }
    }

    private static String hang() throws InterruptedException {
        Thread.currentThread().join();
        return null;
    }

    @Test
    void shouldCountEachKindOfLoss() throws Exception {
        try (RawServer server = RawServer.start((number, request) -> switch (number % 4) {
            case 0 -> null;
            case 1 -> "SSH-2.0-OpenSSH_9.2\r\n";
            case 2 -> "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
            default -> RawServer.OK;
        })) {

            final LoadResult result = run(plan(server.target(), 3), 100, 100 * MS);

            assertThat(result.outcome().answered()).isEqualTo(50);
            assertThat(result.outcome().failures())
                    .containsEntry(Failure.RESET, 25L)
                    .containsEntry(Failure.NOT_HTTP, 25L);
        }
    }

    @Test
    void shouldReadAnswerThatComesInManyPieces() throws Exception {
        final String body = "x".repeat(300_000);
        try (RawServer server = RawServer.start(
                (number, request) -> "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {
            final HoldRequests requests = new HoldRequests(server.target(), "", "d", "GA", "t");
            final Set<Integer> lengths = ConcurrentHashMap.newKeySet();

            final LoadResult result = LoadRun.open(
                            plan(server.target(), 2),
                            Arrivals.UNIFORM.times(20, 20 * MS, 1),
                            requests,
                            (index, answer) -> lengths.add(answer.body().length()))
                    .await();

            assertThat(result.outcome().answered()).isEqualTo(20);
            assertThat(lengths).containsExactly(body.length());
        }
    }

    @Test
    void shouldCountFailuresToConnectWhenNobodyListens() throws Exception {
        final int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }

        final LoadResult result =
                run(plan(HttpTarget.of("http://127.0.0.1:" + port), 4, true, 1_000 * MS), 50, 50 * MS);

        assertThat(result.outcome().failures()).containsEntry(Failure.CONNECT, 50L);
        assertThat(result.outcome().failureDetails().get(Failure.CONNECT)).contains("refused");
    }

    @Test
    void shouldKeepEveryConnectionBusyWhenLoopIsClosed() throws Exception {
        try (RawServer server = RawServer.start((number, request) -> RawServer.OK)) {
            final HoldRequests requests = new HoldRequests(server.target(), "", "d", "GA", "t");

            final LoadResult result = LoadRun.closed(plan(server.target(), 4), 100 * MS, requests, AnswerHandler.NONE)
                    .await();

            assertThat(result.outcome().answered())
                    .isPositive()
                    .isEqualTo(result.outcome().due());
            assertThat(server.requests()).isEqualTo((int) result.outcome().answered());
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    @Test
    void shouldLeaveOutWarmUp() throws Exception {
        try (RawServer server = RawServer.start((number, request) -> RawServer.OK)) {
            final WirePlan wire = new WirePlan(server.target(), 0, 2, 0);
            final LoadPlan plan = new LoadPlan(wire, 2, false, 1, 50 * MS, 5_000 * MS);
            final ArrivalTimes times =
                    Arrivals.UNIFORM.times(50, 50 * MS, 1).then(50 * MS, Arrivals.UNIFORM.times(30, 50 * MS, 1));
            final HoldRequests requests = new HoldRequests(server.target(), "", "d", "GA", "t");

            final LoadResult result =
                    LoadRun.open(plan, times, requests, AnswerHandler.NONE).await();

            assertThat(server.requests()).isEqualTo(80);
            assertThat(result.outcome().due()).isEqualTo(30);
            assertThat(result.outcome().answered()).isEqualTo(30);
        }
    }
}
