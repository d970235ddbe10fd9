package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of holds and stock, and what Redis shows of it. */
class MirrorLifeTest extends MirrorFixture {
    MirrorLifeTest() {
        super("create berlin GA=5@4500 VIP=2@9000 EUR");
    }

    @Test
    void shouldShowHoldAndStockInTheirFieldsWhenHoldIsPlaced() {
        run.log.run("place h1 berlin alice GA:2,VIP:1 key=k1");

        run.settle();

        assertThat(run.redis().hash(MirrorRun.holdKey(1)))
                .isEqualTo(Map.of(
                        "drop", "berlin",
                        "buyer", "alice",
                        "items", "[{\"sku\":\"GA\",\"quantity\":2},{\"sku\":\"VIP\",\"quantity\":1}]",
                        "status", "HELD",
                        "sequence", "3",
                        "expiresAt", "2096-10-02T07:11:40.000Z"));
        assertThat(run.redis().hash("holdfast:stock:berlin"))
                .isEqualTo(Map.of(
                        "GA:available", "3",
                        "GA:held", "2",
                        "GA:sold", "0",
                        "VIP:available", "1",
                        "VIP:held", "1",
                        "VIP:sold", "0",
                        "sequence", "3"));
        assertThat(run.redis().hash("holdfast:cursor"))
                .containsEntry("journal", run.log.log().id().toString())
                .containsEntry("sequence", "3")
                .containsEntry("time", "2096-10-02T07:06:40.000Z")
                .containsKeys("position", "writer", "updatedAt");
    }

    @Test
    void shouldFollowEveryLifeOfAHold() {
        run.log.run(
                "place h1 berlin alice GA:1",
                "place h2 berlin bob GA:1",
                "place h3 berlin carol GA:1,VIP:1",
                "place h4 berlin dave VIP:1");
        run.settle();

        run.log.run("extend h1 600", "release h2", "pay p3 h3 13500 EUR");
        run.settle();
        run.log.pass(320_000);
        run.settle();

        assertThat(run.redis().keys("holdfast:hold:*")).containsExactly(MirrorRun.holdKey(1));
    }

    @Test
    void shouldFollowStockWhenALatePaymentTakesItAgain() {
        run.log.run("place h1 berlin alice GA:2");
        run.settle();
        run.log.run("release h1", "pay p1 h1 9000 EUR");

        run.settle();

        assertThat(run.redis().hash("holdfast:stock:berlin"))
                .containsEntry("GA:sold", "2")
                .containsEntry("GA:available", "3");
    }

    @Test
    void shouldFollowStockWhenItIsAdjusted() {
        run.settle();
        run.log.run("adjust berlin GA -2 key=a1", "adjust berlin VIP 3 key=a2");

        run.settle();

        assertThat(run.redis().hash("holdfast:stock:berlin"))
                .containsEntry("GA:available", "3")
                .containsEntry("VIP:available", "5");
    }

    @Test
    void shouldFollowSequenceWhenDropOpensPausesAndCloses() {
        run.settle();
        run.log.run("pause berlin", "open berlin");
        run.settle();
        run.log.run("close berlin");

        run.settle();

        assertThat(run.redis().hash("holdfast:stock:berlin")).containsEntry("sequence", "5");
    }

    @Test
    void shouldDropStockWhenDropIsArchived() {
        run.log.run("create paris GA=1");
        run.settle();
        run.log.run("close berlin", "archive berlin");

        run.settle();

        assertThat(run.redis().keys("holdfast:stock:*")).containsExactly("holdfast:stock:paris");
    }

    @Test
    void shouldMoveCursorWhenRecordsChangeNothing() {
        run.log.run("place h1 berlin alice GA:1");
        run.settle();
        run.log.run("place h2 berlin bob GA:100");

        run.settle();

        org.awaitility.Awaitility.await().pollInSameThread().untilAsserted(() -> {
            MirrorRun.step(run.mirror());
            assertThat(run.redis().hash("holdfast:cursor")).containsEntry("sequence", "4");
        });
    }
}
