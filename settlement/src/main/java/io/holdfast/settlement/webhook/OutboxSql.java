package io.holdfast.settlement.webhook;

/**
 * The statements on the outbox; each is a transaction of its own.
 *
 * <p>{@code next_attempt_at} of a pending message says when it is to be looked at again, and so it is the lease as well:
 * whoever claims a message moves it past the end of its lease, in one step with reading it, and writes a result only
 * while the very same value stands there. A sender that died, or was suspended, is overtaken when the lease ends; what it
 * writes afterwards is ignored.
 *
 * <p>Only the head of a subject, its lowest pending id, is ever claimed. Whoever comes upon another due message of the
 * subject moves that one past its head, so that it is not come upon at each round; when the head is finished the next one
 * gets its old place again.
 */
final class OutboxSql {
    /** Due messages that one claim looks at and locks: a literal, for the planner to know that it is few. */
    static final int LOOKED_AT_MAX = 64;

    /** Up to so many pending messages are counted, above it is estimated. */
    static final int COUNTED_MAX = 10_000;

    static final int PRUNED_MAX = 500;

    /** Lease in milliseconds, lease, messages at most. */
    static final String CLAIM = """
            with due as materialized (
                select id, subject, next_attempt_at
                from holdfast.webhook_outbox
                where status = 'PENDING' and next_attempt_at <= now()
                order by next_attempt_at, id
                limit %d
                for update skip locked
            ), placed as (
                select due.id,
                       head.id = due.id as is_head,
                       greatest(head.next_attempt_at, now() + ? * interval '1 millisecond') as after_head,
                       row_number() over (partition by head.id = due.id order by due.next_attempt_at, due.id) as place
                from due cross join lateral (
                    select first.id, first.next_attempt_at
                    from holdfast.webhook_outbox first
                    where first.subject = due.subject and first.status = 'PENDING'
                    order by first.id
                    limit 1) head
            )
            update holdfast.webhook_outbox message
            set next_attempt_at = case when is_head then now() + ? * interval '1 millisecond' else after_head end
            from placed
            where message.id = placed.id and (not is_head or place <= ?)
            returning message.id, is_head, message.next_attempt_at::text as lease, message_id,
                      case when is_head then body end as body, attempts,
                      coalesce(extract(epoch from now() - first_attempt_at) * 1000, 0)::bigint as since_first_ms
            """.formatted(LOOKED_AT_MAX);

    /**
     * Arrays of id and {@code next_attempt_at} of messages that {@link #CLAIM} has just moved past their heads. A claim
     * sees the table as it was when it began; another sender may have finished a head since, before the claim locked the
     * next message, which then waits for nobody. Looking again, in a statement of its own, finds it. What remains is a
     * message that settlement adds while the other's {@link #WRITE} is under way, neither of which sees the other: it
     * waits for the end of a lease.
     */
    static final String FREE_NEW_HEADS = """
            update holdfast.webhook_outbox message
            set next_attempt_at = least(created_at, now())
            from unnest(?::bigint[], ?::text[]) as put_off(id, until)
            where message.id = put_off.id and status = 'PENDING' and next_attempt_at = until::timestamptz
              and not exists (
                    select from holdfast.webhook_outbox earlier
                    where earlier.subject = message.subject and earlier.status = 'PENDING' and earlier.id < message.id)
            """;

    /** Arrays of id, lease, status, delay in milliseconds, error. Returns the status of each that counted. */
    static final String WRITE = """
            with result as (
                select * from unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[])
                    as r(id, lease, status, delay_ms, error)
            ), written as (
                update holdfast.webhook_outbox message
                set status = result.status,
                    attempts = attempts + 1,
                    first_attempt_at = coalesce(first_attempt_at, now()),
                    next_attempt_at = now() + delay_ms * interval '1 millisecond',
                    finished_at = case when result.status <> 'PENDING' then now() end,
                    last_error = error
                from result
                where message.id = result.id and message.status = 'PENDING'
                  and message.next_attempt_at = lease::timestamptz
                returning message.id, subject, message.status
            ), next as (
                select follower.id
                from written cross join lateral (
                    select id
                    from holdfast.webhook_outbox
                    where subject = written.subject and status = 'PENDING' and id > written.id
                    order by id
                    limit 1) follower
                where written.status <> 'PENDING'
            ), moved as (
                update holdfast.webhook_outbox message
                set next_attempt_at = least(created_at, now())
                from next
                where message.id = next.id
            )
            select status from written
            """;

    /** Arrays of id and lease of messages that were not sent. */
    static final String RELEASE = """
            update holdfast.webhook_outbox message
            set next_attempt_at = least(created_at, now())
            from unnest(?::bigint[], ?::text[]) as claim(id, lease)
            where message.id = claim.id and status = 'PENDING' and next_attempt_at = lease::timestamptz
            """;

    static final String MEASURE = """
            select (select count(*) from (
                        select from holdfast.webhook_outbox where status = 'PENDING' limit %d) few) as counted,
                   (select greatest(reltuples, 0)::bigint from pg_class
                        where oid = to_regclass('holdfast.webhook_outbox_due_idx')) as estimated,
                   (select coalesce(extract(epoch from now() - min(created_at)) * 1000, 0)::bigint
                        from holdfast.webhook_outbox where status = 'PENDING') as oldest_ms
            """.formatted(COUNTED_MAX);

    static final String PRUNE_DELIVERED = prune("DELIVERED", 7);

    static final String PRUNE_DEAD = prune("DEAD", 30);

    private OutboxSql() {}

    private static String prune(final String status, final int days) {
        return """
                delete from holdfast.webhook_outbox where id = any (array(
                    select id from holdfast.webhook_outbox
                    where status = '%s' and finished_at < now() - interval '%d days'
                    order by finished_at
                    limit %d))
                """.formatted(status, days, PRUNED_MAX);
    }
}
