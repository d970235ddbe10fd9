package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Redis flushed, set back, or edited: it is right again by itself. */
class MirrorEditedTest extends MirrorFixture {
    MirrorEditedTest() {
        super(
                "create berlin GA=500@4500 VIP=20@9000 EUR",
                "create paris GA=5000",
                "place h1 berlin alice GA:2",
                "place h2 berlin bob VIP:1");
    }

    @Test
    void shouldRebuildWhenFlushed() {
        run.settle();
        run.redis().ask("FLUSHALL");

        run.settle();

        assertThat(run.mirror().figures().resyncs()).isEqualTo(2);
    }

    @Test
    void shouldRebuildWhenSetBackToOlderState() {
        run.settle();
        final Map<String, String> dumps = dumps();
        run.log.run("release h1", "place h3 berlin carol GA:1");
        run.settle();
        setBackTo(dumps);

        run.settle();
    }

    @Test
    void shouldRebuildWhenSetBackUnderItsOwnToken() {
        run.settle();
        final String token = run.redis().hash("holdfast:cursor").get("writer");
        final Map<String, String> dumps = dumps();
        run.log.run("release h1", "extend h2 400", "place h3 berlin carol GA:1");
        run.settle();

        setBackTo(dumps);
        assertThat(run.redis().hash("holdfast:cursor")).containsEntry("writer", token);
        run.settle();

        assertThat(run.mirror().figures().resyncs()).isEqualTo(2);
    }

    @Test
    void shouldRebuildWhenSetBackUnderItsOwnTokenWhileItHadNoConnection() {
        run.settle();
        final Map<String, String> dumps = dumps();
        run.log.run("release h1", "extend h2 400", "place h3 berlin carol GA:1");
        run.settle();

        run.redis().ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        setBackTo(dumps);
        run.settle();

        assertThat(run.mirror().figures().resyncs()).isEqualTo(2);
    }

    @Test
    void shouldSetRightWhatIsEditedInTheMiddleOfAResynchronisation() throws Exception {
        for (int i = 100; i < 3_100; i++) {
            run.log.add(Command.of("place h" + i + " paris buyer-" + i + " GA:1"));
        }
        run.log.commit();
        for (int edits = 0; run.mirror().status().condition() != Condition.FOLLOWING; edits++) {
            run.redis().ask("DEL", MirrorRun.holdKey(100 + edits));
            run.redis().ask("HSET", MirrorRun.holdKey(1_000 + edits), "buyer", "mallory");
            run.redis().ask("HSET", MirrorRun.holdKey(77_000 + edits), "buyer", "nobody");
            run.redis().ask("HSET", "holdfast:stock:paris", "GA:available", "1000000");
            MirrorRun.step(run.mirror());
        }

        run.settle();
    }

    private Map<String, String> dumps() {
        final Map<String, String> dumps = new TreeMap<>();
        for (final String key : run.redis().keys("holdfast:*")) {
            dumps.put(key, (String) run.redis().ask("DUMP", key));
        }
        return dumps;
    }

    private void setBackTo(final Map<String, String> dumps) {
        run.redis().ask("FLUSHALL");
        dumps.forEach((key, dump) -> run.redis().ask("RESTORE", key, "0", dump));
    }

    @Test
    void shouldSetRightWhatWasEdited() {
        run.log.run(
                "place h3 berlin carol GA:1",
                "place h4 berlin dave GA:1",
                "place h5 berlin eve GA:1",
                "place h6 berlin fred GA:1");
        run.settle();
        run.redis().ask("HSET", MirrorRun.holdKey(1), "buyer", "mallory");
        run.redis().ask("DEL", MirrorRun.holdKey(2));
        run.redis().ask("HSET", MirrorRun.holdKey(3), "sequence", "99999999999999999999");
        run.redis().ask("HDEL", MirrorRun.holdKey(4), "items");
        run.redis().ask("PERSIST", MirrorRun.holdKey(5));
        run.redis().ask("SET", MirrorRun.holdKey(6), "not a hash");
        run.redis().ask("HSET", MirrorRun.holdKey(77), "buyer", "nobody");
        run.redis().ask("HSET", "holdfast:hold:what", "buyer", "nobody");
        run.redis().ask("HSET", "holdfast:stock:berlin", "GA:available", "1000000");
        run.redis().ask("HSET", "holdfast:stock:atlantis", "GA:available", "1");

        run.settle();

        assertThat(run.mirror().figures().mismatches()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void shouldSetRightWhatRefusesAWrite() {
        run.settle();
        run.redis().ask("HSET", MirrorRun.holdKey(1), "sequence", "99999999999999999999");
        run.redis().ask("HSET", "holdfast:stock:berlin", "sequence", "not a number");
        run.redis().ask("SET", MirrorRun.holdKey(2), "not a hash");
        run.log.run("extend h1 400", "extend h2 400");

        run.settle();
    }

    @Test
    void shouldRebuildWhenCursorIsNoHash() {
        run.settle();
        run.redis().ask("DEL", "holdfast:cursor");
        run.redis().ask("SET", "holdfast:cursor", "not a hash");

        Awaitility.await().pollInSameThread().untilAsserted(() -> {
            MirrorRun.step(run.mirror());
            assertThat(run.redis().ask("TYPE", "holdfast:cursor")).isEqualTo("hash");
        });

        run.settle();
    }

    @Test
    void shouldLeaveOtherKeysAlone() {
        run.redis().ask("SET", "somebody:else", "1");
        run.settle();
        run.redis().ask("HSET", MirrorRun.holdKey(77), "buyer", "nobody");

        run.settle();

        assertThat(run.redis().ask("GET", "somebody:else")).isEqualTo("1");
    }
}
