package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table as a queue: what is claimed, counted, listed, deleted, and by which index. */
class OutboxTest extends OutboxFixture {
    private static final long LEASE_MS = 60_000;

    private Outbox outbox;

    @BeforeAll
    void openOutbox() {
        outbox = new Outbox(database.source());
    }

    private List<String> claimedIds(final int messagesMax) throws Exception {
        return outbox.claim(messagesMax, LEASE_MS).messages().stream()
                .map(Message::messageId)
                .toList();
    }

    @Test
    void shouldClaimHeadsOnlyAndEachOnceWhenSubjectsHaveSeveral() throws Exception {
        database.addMany(3, 4);

        assertThat(claimedIds(2)).containsExactlyInAnyOrder("m-1", "m-2");
        assertThat(claimedIds(64)).containsExactly("m-3");
        assertThat(claimedIds(64)).isEmpty();
    }

    @Test
    void shouldClaimTheNextAtOnceWhenTheHeadIsFinished() throws Exception {
        database.addMany(1, 3);
        final Message head = outbox.claim(64, LEASE_MS).messages().get(0);

        outbox.write(List.of(Result.again(head, 3_600_000, "status 500")));
        assertThat(claimedIds(64)).isEmpty();
        database.execute("update holdfast.webhook_outbox set next_attempt_at = now() where id = " + head.id());
        final Message again = outbox.claim(64, LEASE_MS).messages().get(0);
        outbox.write(List.of(Result.dead(again, "status 500")));

        assertThat(again.messageId()).isEqualTo("m-1");
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(claimedIds(64)).containsExactly("m-2");
    }

    /** The claim saw the head pending, and put the next message off behind it, although it was finished by then. */
    @Test
    void shouldFreeTheNextWhenItsHeadIsFinishedDuringAClaim() throws Exception {
        database.addMany(2, 2);
        database.execute("update holdfast.webhook_outbox set next_attempt_at = now() + interval '1 min'"
                + " where message_id = 'm-1'");
        final Outbox.Claim claim = outbox.claim(64, LEASE_MS);
        database.execute("update holdfast.webhook_outbox set status = 'DELIVERED', finished_at = now()"
                + " where message_id = 'm-1'");

        assertThat(claim.messages()).extracting(Message::messageId).containsExactly("m-2");
        assertThat(claimedIds(64)).isEmpty();
        assertThat(outbox.freeNewHeads(claim.others())).isTrue();
        assertThat(outbox.freeNewHeads(claim.others())).isFalse();
        assertThat(claimedIds(64)).containsExactly("m-3");
        assertThat(claimedIds(64)).isEmpty();
    }

    @Test
    void shouldIgnoreAResultWhenAnotherHasClaimedTheMessageSince() throws Exception {
        database.addMany(1, 1);
        final Message stale = outbox.claim(64, LEASE_MS).messages().get(0);
        database.pass(Duration.ofMillis(LEASE_MS));
        final Message claimed = outbox.claim(64, LEASE_MS).messages().get(0);

        assertThat(outbox.write(List.of(Result.again(stale, 1, "status 500")))).isEmpty();
        outbox.release(List.of(stale));
        assertThat(claimedIds(64)).isEmpty();
        assertThat(outbox.write(List.of(Result.delivered(claimed))))
                .containsOnly(Map.entry(Result.Status.DELIVERED, 1));
        assertThat(outbox.write(List.of(Result.delivered(claimed)))).isEmpty();
    }

    /** A subject with more messages than one look takes in must not hide the others. */
    @Test
    void shouldComeUponOtherSubjectsWhenOneHasVeryMany() throws Exception {
        database.addMany(1, 1_000);
        database.add("other", "other");
        int looks = 0;
        List<String> found = List.of();
        while (!found.contains("other") && looks++ < 20) {
            found = claimedIds(64);
        }

        assertThat(looks).isLessThan(20);
        assertThat(claimedIds(64)).isEmpty();
    }

    @Test
    void shouldDeleteDeliveredAfterSevenDaysAndDeadAfterThirty() throws Exception {
        database.addMany(6, 1);
        for (int i = 1; i <= 6; i++) {
            final String status = i <= 3 ? "DELIVERED" : "DEAD";
            final int days = List.of(6, 8, 40, 8, 29, 31).get(i - 1);
            database.execute(
                    "update holdfast.webhook_outbox set status = '%s', finished_at = now() - interval '%d days'"
                                    .formatted(status, days)
                            + " where message_id = 'm-" + i + "'");
        }
        database.execute("insert into holdfast.webhook_outbox (message_id, type, subject, body, created_at)"
                + " values ('old', 't', 's', '{}', now() - interval '90 days')");

        assertThat(outbox.prune()).isFalse();

        assertThat(database.column("select message_id from holdfast.webhook_outbox order by message_id"))
                .containsExactly("m-1", "m-4", "m-5", "old");
    }

    @Test
    void shouldDeleteABoundedNumberWhenVeryManyAreOld() throws Exception {
        database.addMany(1, 700);
        database.execute(
                "update holdfast.webhook_outbox set status = 'DELIVERED', finished_at = now() - interval '8 days'");

        assertThat(outbox.prune()).isTrue();
        assertThat(database.count("true")).isEqualTo(200);
        assertThat(outbox.prune()).isFalse();
        assertThat(database.count("true")).isZero();
    }

    @Test
    void shouldCountWhatIsPendingAndItsAge() throws Exception {
        assertThat(outbox.measure()).isEqualTo(new Outbox.Backlog(0, 0));
        database.addMany(30, 1);
        database.execute("update holdfast.webhook_outbox set created_at = now() - interval '1 hour' where id = 7");
        database.execute("update holdfast.webhook_outbox set status = 'DEAD', finished_at = now() where id > 20");

        final Outbox.Backlog backlog = outbox.measure();

        assertThat(backlog.pending()).isEqualTo(20);
        assertThat(backlog.oldestMs()).isBetween(3_600_000L, 3_700_000L);
    }

    @Test
    void shouldListDeadLettersPageByPage() throws Exception {
        database.addMany(5, 1);
        database.execute("update holdfast.webhook_outbox set status = 'DEAD', attempts = 21, last_error = 'status 404',"
                + " finished_at = now() where id <> 3");
        final DeadLetters letters = new DeadLetters(database.source());

        final List<DeadLetter> first = letters.page(0, 3);
        final List<DeadLetter> second = letters.page(first.get(2).id(), 3);

        assertThat(first).extracting(DeadLetter::messageId).containsExactly("m-1", "m-2", "m-4");
        assertThat(second).extracting(DeadLetter::messageId).containsExactly("m-5");
        assertThat(letters.page(second.get(0).id(), 3)).isEmpty();
        final DeadLetter letter = first.get(0);
        assertThat(letter.type()).isEqualTo("order.paid");
        assertThat(letter.subject()).isEqualTo("s-1");
        assertThat(letter.attempts()).isEqualTo(21);
        assertThat(letter.lastError()).isEqualTo("status 404");
        assertThat(letter.body()).isEqualTo("{\"n\":1}");
        assertThat(letter.createdAt()).isBefore(Instant.now().plusSeconds(60));
        assertThat(letter.failedAt()).isAfter(Instant.EPOCH);
        assertThatThrownBy(() -> letters.page(0, DeadLetters.PAGE_MAX + 1)).hasMessageContaining("1 to 100");
    }

    @Test
    void shouldReadByIndexAndSortNothingLongWhenVeryManyArePending() throws Exception {
        database.addMany(20_000, 2);
        database.execute(
                "update holdfast.webhook_outbox set status = 'DELIVERED', finished_at = now() where id % 7 = 0");
        database.execute("analyze holdfast.webhook_outbox");

        assertThat(plan(OutboxSql.CLAIM.replace("place <= ?", "place <= 64").replace("?", "60000")))
                .contains("webhook_outbox_due_idx", "webhook_outbox_subject_idx", "webhook_outbox_pkey")
                .doesNotContain("Seq Scan on webhook_outbox");
        assertThat(plan(OutboxSql.PRUNE_DELIVERED)).contains("webhook_outbox_finished_idx");
        assertThat(plan(OutboxSql.MEASURE)).contains("webhook_outbox_created_idx");
    }

    private String plan(final String sql) {
        return String.join("\n", database.column("explain " + sql));
    }
}
