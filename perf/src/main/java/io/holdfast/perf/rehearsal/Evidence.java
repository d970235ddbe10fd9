package io.holdfast.perf.rehearsal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server says of itself after a rehearsal.
 *
 * @param before the drop's stock before anybody came
 * @param after the drop's stock when everybody has gone home
 * @param holds of the drop, by id
 * @param refunds due, by payment: the amount
 */
record Evidence(DropBalance before, DropBalance after, Map<String, HoldAnswer> holds, Map<String, Long> refunds) {
    private static final int ATTEMPTS = 5;
    private static final int OK = 200;

    /** Asks; the drop's stock both before and after its holds, until nothing has moved in between. */
    static Evidence gather(final OperatorClient client, final String drop, final DropBalance before)
            throws RehearsalRefusedException, InterruptedException {
        Evidence evidence = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            final DropBalance first = balance(client, drop);
            final Map<String, HoldAnswer> holds = new HashMap<>();
            final List<HoldAnswer> listed = client.list("/v1/drops/" + drop + "/holds", "holds", HoldAnswer::of);
            listed.forEach(hold -> holds.put(hold.id(), hold));
            evidence = new Evidence(before, balance(client, drop), holds, refunds(client));
            if (first.equals(evidence.after())) {
                return evidence;
            }
        }
        return evidence;
    }

    private static Map<String, Long> refunds(final OperatorClient client)
            throws RehearsalRefusedException, InterruptedException {
        final Map<String, Long> refunds = new HashMap<>();
        final List<Map<String, Object>> due = client.list("/v1/refunds?status=DUE", "refunds", each -> each);
        try {
            due.forEach(
                    each -> refunds.put(JsonReading.text(each, "payment"), JsonReading.number(each, "amountMinor")));
        } catch (final IllegalArgumentException e) {
            throw new RehearsalRefusedException("GET /v1/refunds: " + e.getMessage(), e);
        }
        return refunds;
    }

    static DropBalance balance(final OperatorClient client, final String drop)
            throws RehearsalRefusedException, InterruptedException {
        final OperatorClient.Reply reply = client.get("/v1/drops/" + drop);
        if (reply.status() != OK) {
            throw new RehearsalRefusedException("GET /v1/drops/" + drop + " was answered " + reply.status() + " "
                    + reply.problem() + "; next step: give the name of a drop that is there, or none to have one made");
        }
        try {
            return DropBalance.of(reply.fields());
        } catch (final IllegalArgumentException e) {
            throw new RehearsalRefusedException("GET /v1/drops/" + drop + ": " + e.getMessage(), e);
        }
    }
}
