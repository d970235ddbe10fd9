package io.holdfast.settlement.webhook;

import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.webhook.Result.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The outbox in Postgres as a queue. A connection is borrowed for each call, and no call waits longer for an answer than
 * {@link #ANSWER_TIMEOUT_MS}. For the sender's thread.
 */
final class Outbox {
    private static final int ANSWER_TIMEOUT_MS = 10_000;

    private final DataSource source;

    Outbox(final DataSource source) {
        this.source = source;
    }

    /**
     * What one look for due messages found.
     *
     * @param messages claimed, each the head of its subject
     * @param others for {@link #freeNewHeads}
     * @param isMore whether some may be due that were not looked at
     */
    record Claim(List<Message> messages, List<PutOff> others, boolean isMore) {}

    /** How much is to be done. */
    record Backlog(long pending, long oldestMs) {}

    /** A message that was moved past the head of its subject. */
    record PutOff(long id, String until) {}

    /** Claims due messages, each the head of its subject, those that are due longest first. */
    Claim claim(final int messagesMax, final long leaseMs) throws FollowerException {
        final List<Message> heads = new ArrayList<>();
        final List<PutOff> others = new ArrayList<>();
        final long claimedNs = System.nanoTime();
        with(OutboxSql.CLAIM, statement -> {
            statement.setLong(1, leaseMs);
            statement.setLong(2, leaseMs);
            statement.setInt(3, messagesMax);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getBoolean("is_head")) {
                        heads.add(message(rows, claimedNs));
                    } else {
                        others.add(new PutOff(rows.getLong("id"), rows.getString("lease")));
                    }
                }
            }
            return null;
        });
        final boolean isLookFull = heads.size() + others.size() == OutboxSql.LOOKED_AT_MAX;
        return new Claim(heads, others, heads.size() == messagesMax || isLookFull);
    }

    /**
     * Makes due again what a claim put off behind a head that another sender was about to finish.
     *
     * @return whether there was any
     */
    boolean freeNewHeads(final List<PutOff> others) throws FollowerException {
        return with(OutboxSql.FREE_NEW_HEADS, statement -> {
            setArray(statement, 1, "bigint", others, PutOff::id);
            setArray(statement, 2, "text", others, PutOff::until);
            return statement.executeUpdate() > 0;
        });
    }

    private static Message message(final ResultSet row, final long claimedNs) throws SQLException {
        return new Message(
                row.getLong("id"),
                row.getString("lease"),
                claimedNs,
                row.getString("message_id"),
                row.getString("body"),
                row.getInt("attempts"),
                row.getLong("since_first_ms"));
    }

    /**
     * Writes what became of attempts; durable on return. May be given again when it failed: what counted once does not
     * count again.
     *
     * @return how many got which status; fewer than were given where a lease had ended
     */
    Map<Status, Integer> write(final List<Result> results) throws FollowerException {
        return with(OutboxSql.WRITE, statement -> {
            final List<Message> messages = results.stream().map(Result::message).toList();
            setArray(statement, 1, "bigint", messages, Message::id);
            setArray(statement, 2, "text", messages, Message::lease);
            setArray(statement, 3, "text", results, result -> result.status().name());
            setArray(statement, 4, "bigint", results, Result::delayMs);
            setArray(statement, 5, "text", results, Result::error);
            final Map<Status, Integer> counts = new EnumMap<>(Status.class);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.merge(Status.valueOf(rows.getString("status")), 1, Integer::sum);
                }
            }
            return counts;
        });
    }

    /** Gives back what was claimed and not sent, for anyone to send at once. */
    void release(final List<Message> messages) throws FollowerException {
        with(OutboxSql.RELEASE, statement -> {
            setArray(statement, 1, "bigint", messages, Message::id);
            setArray(statement, 2, "text", messages, Message::lease);
            return statement.executeUpdate();
        });
    }

    /** Counts what is pending, or estimates it where that would be long. */
    Backlog measure() throws FollowerException {
        return with(OutboxSql.MEASURE, statement -> {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                final long counted = row.getLong("counted");
                final long pending =
                        counted < OutboxSql.COUNTED_MAX ? counted : Math.max(counted, row.getLong("estimated"));
                return new Backlog(pending, Math.max(0, row.getLong("oldest_ms")));
            }
        });
    }

    /**
     * Deletes some of what was finished long ago. Until then its key keeps a message that is settled once more from being
     * sent once more.
     *
     * @return whether there may be more
     */
    boolean prune() throws FollowerException {
        final int delivered = with(OutboxSql.PRUNE_DELIVERED, PreparedStatement::executeUpdate);
        final int dead = with(OutboxSql.PRUNE_DEAD, PreparedStatement::executeUpdate);
        return delivered == OutboxSql.PRUNED_MAX || dead == OutboxSql.PRUNED_MAX;
    }

    private <T> T with(final String sql, final Work<T> work) throws FollowerException {
        try (Connection connection = source.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_TIMEOUT_MS);
            connection.setAutoCommit(true);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return work.on(statement);
            }
        } catch (final SQLException e) {
            throw new FollowerException("the webhook outbox cannot be reached: " + e.getMessage(), e);
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private static <T> void setArray(
            final PreparedStatement statement,
            final int index,
            final String type,
            final List<T> from,
            final Function<T, Object> element)
            throws SQLException {
        final Object[] elements = from.stream().map(element).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
    }
}
