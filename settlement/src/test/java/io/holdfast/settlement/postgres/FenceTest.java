package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.SampleLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes never both settle, and neither does one into another journal's database. */
class FenceTest extends SettlementFixture {
    @Test
    void shouldStopTheEarlierWhenALaterOneTakesOver() throws Exception {
        sell(1, 3);
        try (SettlementRun earlier = SettlementRun.of(sample.log(), database);
                SettlementRun later = SettlementRun.of(sample.log(), database)) {
            earlier.drain();
            later.drain();
            sell(4, 6);

            for (int i = 0; i < 20; i++) {
                earlier.follower.step();
            }

            assertThat(earlier.status().condition()).isEqualTo(Condition.STOPPED);
            assertThat(earlier.status().detail()).contains("another process settles into this database");
            assertThat(database.count("payments")).isEqualTo(3);
            later.drain();
            assertThat(later.status().condition()).isEqualTo(Condition.FOLLOWING);
            assertThat(database.count("payments")).isEqualTo(6);
            assertThat(database.rows("select fence from holdfast.settlement_cursor"))
                    .containsExactly("2");
        }
    }

    @Test
    void shouldStopTheEarlierWhenItHasNothingToSettle() throws Exception {
        try (SettlementRun earlier = SettlementRun.of(sample.log(), database);
                SettlementRun later = SettlementRun.of(sample.log(), database)) {
            earlier.drain();
            later.drain();

            earlier.follower.step();

            assertThat(earlier.status().condition()).isEqualTo(Condition.STOPPED);
        }
    }

    @Test
    void shouldStopAndNameBothWhenTheDatabaseIsAnotherJournals(@TempDir final Path otherData) throws Exception {
        sell(1, 3);
        SettlementRun.settle(sample.log(), database);
        try (SampleLog other = SampleLog.create(otherData).run("create paris GA=1", "pay p9 h9 1 EUR");
                SettlementRun run = SettlementRun.of(other.log(), database)) {
            for (int i = 0; i < 20; i++) {
                run.follower.step();
            }

            assertThat(run.status().condition()).isEqualTo(Condition.STOPPED);
            assertThat(run.status().detail())
                    .contains(sample.log().id().toString())
                    .contains(other.log().id().toString());
            assertThat(run.halts).isEmpty();
            assertThat(database.count("payments")).isEqualTo(3);
        }
    }
}
