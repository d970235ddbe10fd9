package io.holdfast.perf.followers;

import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.gateway.json.WebhookJson;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.JournalLog;
import io.holdfast.settlement.postgres.Database;
import io.holdfast.settlement.postgres.PostgresConfig;
import io.holdfast.settlement.postgres.SettlementFollower;
import io.holdfast.settlement.webhook.MessageBodies;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Settles the whole of a journal into a Postgres beside it, as fast as it goes, on the calling thread: the journal in the
 * home's {@code data}, Postgres in its {@code postgres}, made if it is not there.
 */
public final class SettlementStep {
    static final String DATA = "data";
    static final String POSTGRES = "postgres";

    static final String ORDERS = "orders";
    static final String PAYMENTS = "payments";
    static final String ITEMS = "order_items";
    static final String MESSAGES = "webhook_outbox";
    static final String QUARANTINED = "settlement_quarantine";
    static final String TRANSACTIONS = "transactions";

    private static final List<String> TABLES = List.of(ORDERS, PAYMENTS, ITEMS, MESSAGES, QUARANTINED);
    private static final double NS_PER_SECOND = 1e9;
    private static final long PROGRESS_NS = TimeUnit.SECONDS.toNanos(1);

    private SettlementStep() {}

    /**
     * Settles; Postgres has been ended on return, and what was settled stays.
     *
     * @param isWithWebhooks whether to put messages into the outbox, too
     * @param onProgress told up to which record all is settled, about once a second
     * @throws IOException when settlement cannot go on; the message says why
     */
    public static Measured run(final Path home, final boolean isWithWebhooks, final LongConsumer onProgress)
            throws IOException, InterruptedException {
        final Path data = home.resolve(DATA);
        try (Journal journal = Journal.open(JournalConfig.defaults(data), JournalFiles.real());
                EmbeddedPostgres server = EmbeddedPostgres.start(home.resolve(POSTGRES));
                Database database = Database.open(config(server))) {
            final CommittedLog log = new JournalLog(journal, data, JournalFiles.real());
            final Optional<MessageBodies> bodies = isWithWebhooks ? Optional.of(new WebhookJson()) : Optional.empty();
            try (SettlementFollower follower =
                    new SettlementFollower(log, database, bodies, false, SettlementStep::fail)) {
                return settle(follower, log.endSequence(), database, onProgress);
            } catch (final FollowerException | SQLException e) {
                throw new IOException("settlement cannot go on: " + e.getMessage(), e);
            }
        }
    }

    static PostgresConfig config(final EmbeddedPostgres server) {
        return new PostgresConfig(server.jdbcUrl(), server.user(), server.password());
    }

    private static void fail(final Throwable e) {
        throw new IllegalStateException("a new database knows what its journal does not", e);
    }

    private static Measured settle(
            final SettlementFollower follower,
            final long endSequence,
            final Database database,
            final LongConsumer onProgress)
            throws FollowerException, SQLException, InterruptedException {
        follower.step(); // the schema, which a server makes once in its life
        final long begunNs = System.nanoTime();
        long shownNs = begunNs;
        while (follower.status().sequence() < endSequence) {
            follower.step();
            if (follower.status().condition() == Condition.STOPPED) {
                throw new FollowerException(follower.status().detail(), null);
            }
            if (System.nanoTime() - shownNs > PROGRESS_NS) {
                shownNs = System.nanoTime();
                onProgress.accept(follower.status().sequence());
            }
        }
        final Map<String, Double> figures = new TreeMap<>();
        figures.put(Measured.SECONDS, (System.nanoTime() - begunNs) / NS_PER_SECOND);
        figures.put(Measured.HEAP_MIB_MAX, HeapPeak.mib());
        figures.put(TRANSACTIONS, (double) follower.figures().batches());
        count(database, figures);
        return new Measured(figures);
    }

    /** And lets Postgres learn what is in its tables, as it does by itself after a while. */
    private static void count(final Database database, final Map<String, Double> figures) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (final String table : TABLES) {
                try (ResultSet rows = statement.executeQuery("select count(*) from holdfast." + table)) {
                    rows.next();
                    figures.put(table, (double) rows.getLong(1));
                }
            }
            statement.execute("analyze");
        }
    }
}
