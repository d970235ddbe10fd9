package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day on which people pay, from outside, with real stores: 5,000 holds, 4,000 of them paid by signed notifications over
 * many connections, some twice, some forged, some after their hold has expired. Then Postgres holds exactly the orders and
 * refunds that were answered, the storefront was told of each, and journal, Postgres and Redis agree.
 */
@Tag("slow")
@Timeout(600)
class PaidDayTest {
    private static final int CONNECTIONS = 64;
    private static final int HELD = 4_800;
    private static final int PAID = 3_800;
    private static final int LATE = 200;

    @TempDir
    private Path directory;

    private Stores stores;
    private Storefront storefront;

    @BeforeEach
    void startStores() throws Exception {
        stores = Stores.start(directory.resolve("stores"));
        storefront = Storefront.open();
    }

    @AfterEach
    void stopStores() {
        storefront.close();
        stores.close();
    }

    @Test
    void shouldSettleEveryPaymentAsOneOrderOrOneRefund() throws Exception {
        final Path data = directory.resolve("data");
        final ServerProcess server = ServerProcess.start(data, flags());
        final Crowd late = new Crowd("late", LATE, CONNECTIONS);
        final Crowd others = new Crowd("late", "o-", LATE / 2, CONNECTIONS);
        final Crowd crowd = new Crowd("main", HELD, CONNECTIONS);
        try (HttpClient operator = new HttpClient(server.port())) {
            createDrop(operator, "main", 3_600, HELD);
            createDrop(operator, "late", 1, LATE);
            late.press(server.port());
            crowd.press(server.port());
            awaitExpiry(operator, late);
            others.press(server.port());
        }

        final Payers payers = new Payers(CONNECTIONS);
        payers.add("late-", new ArrayList<>(late.holds().values()));
        payers.add("pi-", List.copyOf(crowd.holds().values()).subList(0, PAID));
        payers.pay(server::port);

        assertThat(payers.fault()).isNull();
        assertThat(payers.answers()).hasSize(PAID + LATE);
        // Half of what had expired was taken by others meanwhile, for a second; who pays before they expire gets money
        // back.
        assertThat(payers.count("PAID")).isBetween((long) PAID + LATE / 2, (long) PAID + LATE);
        stores.awaitSettled(payers.answers());
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> checkTold(payers));
        final Tool.Result beside = reconcile(data);
        assertThat(beside.status()).as(beside.output()).isZero();
        assertThat(server.terminate()).as(server.log()).isZero();
        final Tool.Result after = reconcile(data);
        assertThat(after.status()).as(after.output()).isZero();
        JournalCheck.verify(data);
    }

    private String[] flags() {
        return Stream.of(stores.flags(), storefront.flags()).flatMap(Stream::of).toArray(String[]::new);
    }

    /** Every order, refund and expiry was told to the storefront, under an id of its own. */
    private void checkTold(final Payers payers) {
        assertThat(storefront.fault()).isNull();
        assertThat(storefront.count("order.paid")).isEqualTo(payers.count("PAID"));
        assertThat(storefront.count("refund.due")).isEqualTo(payers.count("REFUND_DUE"));
        assertThat(storefront.count("hold.expired")).isGreaterThanOrEqualTo(LATE);
    }

    private static void createDrop(
            final HttpClient operator, final String drop, final int holdSeconds, final int capacity) throws Exception {
        final HttpClient.Reply created = operator.operator(
                "PUT",
                "/v1/drops/" + drop,
                "{\"holdSeconds\":" + holdSeconds + ",\"maxHoldSeconds\":3600,\"paymentGraceSeconds\":0,\"skus\":["
                        + "{\"sku\":\"GA\",\"capacity\":" + capacity
                        + ",\"priceMinor\":4500,\"currency\":\"EUR\"}]}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
    }

    private static void awaitExpiry(final HttpClient operator, final Crowd crowd) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            final HttpClient.Reply drop = operator.storefront("GET", "/v1/drops/late", "", "");
            return drop.member("available").equals(Integer.toString(LATE))
                    && crowd.holds().size() == LATE;
        });
    }

    private Tool.Result reconcile(final Path data) throws Exception {
        return Tool.run(stores.reconcile(data));
    }
}
