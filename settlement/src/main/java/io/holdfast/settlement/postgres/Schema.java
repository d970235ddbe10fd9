package io.holdfast.settlement.postgres;

import io.holdfast.settlement.follow.FollowerException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the database's schema to what this build knows. */
final class Schema {
    static final String NAME = "holdfast";

    private static final int REASON_LENGTH_MAX = 500;
    private static final String LOCATION = "classpath:io/holdfast/settlement/postgres/schema";

    private Schema() {}

    /**
     * Makes the schema, or brings an older one up.
     *
     * @throws FollowerException when the database is away
     * @throws StoppedException when it is of a newer build, or a migration failed; nothing was changed then
     */
    static void migrate(final Database database) throws FollowerException, StoppedException {
        try {
            final Flyway flyway = Flyway.configure()
                    .dataSource(database.migrationSource())
                    .defaultSchema(NAME)
                    .locations(LOCATION)
                    .load();
            requireNotNewer(flyway);
            flyway.migrate();
        } catch (final FlywayException e) {
            final Optional<SQLException> cause = sqlCause(e);
            if (cause.isPresent()
                    && SqlFault.of(cause.get()) == SqlFault.AWAY
                    && !SqlFault.isOfTheSchema(cause.get())) {
                throw new FollowerException("Postgres is away: " + cause.get().getMessage(), e);
            }
            throw new StoppedException("the schema could not be brought up to date: " + inOneLine(e), e);
        }
    }

    private static void requireNotNewer(final Flyway flyway) throws StoppedException {
        final Optional<MigrationInfo> newer = Arrays.stream(flyway.info().applied())
                .filter(each -> each.getState() == MigrationState.FUTURE_SUCCESS
                        || each.getState() == MigrationState.FUTURE_FAILED)
                .findFirst();
        if (newer.isPresent()) {
            throw new StoppedException(
                    "the schema is of a newer build, with migration "
                            + newer.get().getVersion() + " (" + newer.get().getDescription()
                            + ") that this one does not know: run that build, or restore the database from before it",
                    null);
        }
    }

    private static Optional<SQLException> sqlCause(final Throwable from) {
        for (Throwable e = from; e != null; e = e.getCause()) {
            if (e instanceof SQLException) {
                return Optional.of((SQLException) e);
            }
        }
        return Optional.empty();
    }

    /** Flyway writes paragraphs, and says what is wrong in the later ones. */
    private static String inOneLine(final Exception e) {
        final String text = e.getMessage().replaceAll("\\s+", " ").strip();
        return text.length() <= REASON_LENGTH_MAX ? text : text.substring(0, REASON_LENGTH_MAX);
    }
}
