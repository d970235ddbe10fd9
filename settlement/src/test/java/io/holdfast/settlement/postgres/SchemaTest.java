package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.settlement.follow.FollowerStatus.Condition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A schema that this build cannot use, or make, stops settlement with a sentence, until somebody has seen to it. */
class SchemaTest extends SettlementFixture {
    private void requireStopped(final SettlementRun run, final String... words) throws Exception {
        run.follower.step();

        assertThat(run.status().condition()).isEqualTo(Condition.STOPPED);
        assertThat(run.status().detail()).contains(words);
    }

    private void requireGoesOn(final SettlementRun run) throws Exception {
        run.drain();

        assertThat(run.status().condition()).isEqualTo(Condition.FOLLOWING);
        assertThat(cursor()).isEqualTo(sample.log().endSequence());
    }

    @Test
    void shouldStopWhenTheSchemaIsOfANewerBuild() throws Exception {
        SettlementRun.settle(sample.log(), database);
        database.execute("insert into holdfast.flyway_schema_history (installed_rank, version, description, type,"
                + " script, checksum, installed_by, execution_time, success)"
                + " values (99, '999', 'from the future', 'SQL', 'V999__x.sql', 1, 'x', 1, true)");

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            requireStopped(run, "newer build", "999");
            database.execute("delete from holdfast.flyway_schema_history where version = '999'");
            requireGoesOn(run);
        }
    }

    @Test
    void shouldStopWhenTheSchemaIsSomebodyElses() throws Exception {
        database.execute("create schema holdfast", "create table holdfast.payments (id int)");

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            requireStopped(run, "could not be brought up to date", "non-empty schema");
            assertThat(database.rows("select * from holdfast.payments")).isEmpty();
            database.execute("drop schema holdfast cascade");
            requireGoesOn(run);
        }
    }

    @Test
    void shouldStopWhenAMigrationWasChangedAfterwards() throws Exception {
        SettlementRun.settle(sample.log(), database);
        database.execute("update holdfast.flyway_schema_history set checksum = 1 where version = '1'");

        try (SettlementRun run = SettlementRun.of(sample.log(), database)) {
            requireStopped(run, "could not be brought up to date", "checksum");
        }
    }

    @Test
    void shouldStopWhenTheUserMayNotMakeTheSchema() throws Exception {
        database.execute("drop role if exists guest", "create role guest login password 'guest'");
        final PostgresConfig given = database.config();
        try (Database asGuest =
                        Database.open(new PostgresConfig(given.url(), "guest", "guest"), SettlementRun.SOCKET_TIMEOUT);
                SettlementFollower follower =
                        new SettlementFollower(sample.log(), asGuest, Optional.empty(), false, error -> {})) {
            follower.step();

            assertThat(follower.status().condition()).isEqualTo(Condition.STOPPED);
            assertThat(follower.status().detail()).contains("permission denied");
        }
    }

    @Test
    void shouldKeepSequencesUniqueWhenTheSchemaIsOfThisBuild() throws Exception {
        SettlementRun.settle(sample.log(), database);

        assertThat(database.rows("select conname from pg_constraint where contype = 'u'"
                        + " and conname in ('orders_journal_sequence_key', 'refunds_journal_sequence_key') order by 1"))
                .containsExactly("orders_journal_sequence_key", "refunds_journal_sequence_key");
    }
}
