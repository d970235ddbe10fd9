package io.holdfast.settlement.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.settlement.log.SampleLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of difference in the mirror is found, named, and repaired. */
@Tag("slow")
class RedisDifferenceTest {
    private static final String H1 = SampleLog.hold(1).toString();
    private static final String H2 = SampleLog.hold(2).toString();
    private static final String H3 = SampleLog.hold(3).toString();
    private static final String STRANGER = "00000000-0000-0000-0000-000000000009";

    @TempDir
    private Path data;

    private SampleLog sample;
    private TestMirror redis;

    /** Sequences: 1 start, 2 and 3 create, 4 to 6 holds, 7 extends h2, 8 pays h3. */
    @BeforeEach
    void mirrorAll() {
        sample = SampleLog.create(data)
                .run(
                        "create berlin GA=50@4500 VIP=20@9000 EUR",
                        "create paris GA=10",
                        "place h1 berlin alice GA:2,VIP:1 key=k1",
                        "place h2 berlin bob GA:1 key=k2",
                        "place h3 berlin carol GA:3 key=k3",
                        "extend h2 600",
                        "pay p3 h3 13500 EUR");
        redis = new TestMirror();
        redis.hold(
                SampleLog.hold(1),
                "berlin",
                "alice",
                "[{\"sku\":\"GA\",\"quantity\":2},{\"sku\":\"VIP\",\"quantity\":1}]",
                Map.of("sequence", 4, "expiresAt", "2096-10-02T07:11:40.000Z", "ttlMs", 315_000));
        redis.hold(
                SampleLog.hold(2),
                "berlin",
                "bob",
                "[{\"sku\":\"GA\",\"quantity\":1}]",
                Map.of("sequence", 5, "expiresAt", "2096-10-02T07:16:40.000Z", "ttlMs", 615_000));
        redis.run("HSET holdfast:stock:berlin GA:available 44 GA:held 3 GA:sold 3 VIP:available 19 VIP:held 1"
                + " VIP:sold 0 sequence 8");
        redis.run("HSET holdfast:stock:paris GA:available 10 GA:held 0 GA:sold 0 sequence 3");
        redis.run("HSET holdfast:cursor journal " + sample.log().id() + " sequence 8");
    }

    @AfterEach
    void close() {
        redis.close();
        sample.close();
    }

    private ReconcileReport reconcile(final boolean isRepair) throws InterruptedException {
        return new Reconciler(
                        new ReconcileConfig(
                                data,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(TestServers.redis().url()),
                                isRepair,
                                1_000),
                        count -> {})
                .run();
    }

    private static List<String> words(final ReconcileReport report) {
        return report.differences().stream().map(Difference::toString).toList();
    }

    @Test
    void shouldFindNothingWhenAllIsMirrored() throws Exception {
        final ReconcileReport report = reconcile(false);

        assertThat(words(report)).isEmpty();
        assertThat(report.compared()).containsEntry("holds", 2L).containsEntry("drops", 2L);
    }

    @Test
    void shouldNameEveryDifferenceAndRepairAll() throws Exception {
        redis.run("DEL holdfast:hold:" + H1);
        redis.run("HSET holdfast:hold:" + H2 + " buyer eve note x");
        redis.run("HDEL holdfast:hold:" + H2 + " items");
        redis.run("HSET holdfast:hold:" + H3 + " status HELD");
        redis.run("SET holdfast:hold:" + STRANGER + " x");
        redis.run("SET holdfast:hold:junk x");
        redis.run("HSET holdfast:stock:berlin GA:available 45");
        redis.run("DEL holdfast:stock:paris");
        redis.run("HSET holdfast:stock:rome GA:available 1");

        final ReconcileReport report = reconcile(false);
        final ReconcileReport repaired = reconcile(true);

        assertThat(words(report))
                .containsExactlyInAnyOrder(
                        "hold " + H1 + ": missing in Redis (drop berlin, buyer alice, items"
                                + " [{\"sku\":\"GA\",\"quantity\":2},{\"sku\":\"VIP\",\"quantity\":1}], status HELD,"
                                + " sequence 4, expiresAt 2096-10-02T07:11:40.000Z)",
                        "hold " + H2 + ": buyer is eve in Redis, the journal says bob",
                        "hold " + H2
                                + ": items is not there in Redis, the journal says [{\"sku\":\"GA\",\"quantity\":1}]",
                        "hold " + H2 + ": note is x in Redis, the journal says nothing",
                        "hold " + H3 + ": in Redis only (status HELD)",
                        "hold " + STRANGER + ": in Redis only (no hash)",
                        "hold junk: in Redis only (no hash)",
                        "stock berlin: GA:available is 45 in Redis, the journal says 44",
                        "stock paris: missing in Redis (sequence 3, GA:available 10, GA:held 0, GA:sold 0)",
                        "stock rome: in Redis only (GA:available 1)");
        assertThat(words(repaired)).isEmpty();
        assertThat(repaired.repairCount()).isEqualTo(8);
        assertThat(repaired.repairs())
                .contains(
                        "repaired holdfast:hold:" + H1 + ": written as the journal has it",
                        "repaired holdfast:hold:" + H3 + ": deleted");
        assertThat((Long) redis.run("PTTL holdfast:hold:" + H1)).isBetween(200_000L, 315_000L);
    }

    @Test
    void shouldNameATimeToLiveThatIsWrong() throws Exception {
        redis.run("PERSIST holdfast:hold:" + H1);
        redis.run("PEXPIRE holdfast:hold:" + H2 + " 900000");
        redis.run("PEXPIRE holdfast:stock:paris 900000");

        final ReconcileReport report = reconcile(false);

        assertThat(words(report)).hasSize(3);
        assertThat(words(report))
                .contains("hold " + H1 + ": time to live is for ever in Redis,"
                        + " the journal says that it ends at 2096-10-02T07:11:55.000Z")
                .anyMatch(line -> line.startsWith("hold " + H2 + ": time to live is until "))
                .anyMatch(line -> line.startsWith("stock paris: time to live is until "));
    }

    @Test
    void shouldNameStockThatIsOld() throws Exception {
        sample.run("place h5 paris dave GA:1 key=k5", "release h5");

        final ReconcileReport report = reconcile(false);

        assertThat(words(report)).containsExactly("stock paris: sequence is 3 in Redis, the journal says 10");
    }

    @Test
    void shouldLeaveOutHoldsThatAreDue() throws Exception {
        sample.pass(320_000).run("place h6 berlin erin GA:1 key=k6");
        redis.run("FLUSHALL");

        final ReconcileReport report = reconcile(false);

        assertThat(words(report)).noneMatch(line -> line.contains(H1)).anyMatch(line -> line.contains(H2));
    }

    @Test
    void shouldSayItPlainlyWhenTheMirrorIsOfAnotherJournal() throws Exception {
        redis.run("HSET holdfast:cursor journal " + STRANGER);

        final ReconcileReport report = reconcile(true);

        assertThat(words(report))
                .containsExactly("cursor journal: journal id is " + STRANGER + " in Redis, the journal says "
                        + sample.log().id() + "; nothing else was compared");
        assertThat((Long) redis.run("EXISTS holdfast:cursor")).isEqualTo(1L);
    }

    @Test
    void shouldNameFlagAndNextStepWhenRedisCannotBeRead() {
        final ReconcileConfig config = new ReconcileConfig(
                data, Optional.empty(), Optional.empty(), Optional.of("redis://user:secret@127.0.0.1:1"), false, 9);

        assertThatThrownBy(() -> new Reconciler(config, count -> {}).run())
                .isInstanceOf(StoreUnreadableException.class)
                .hasMessageContaining("--redis-url redis://127.0.0.1:1")
                .hasMessageContaining("next step")
                .hasMessageNotContaining("secret");
    }
}
