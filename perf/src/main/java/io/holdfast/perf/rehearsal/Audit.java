package io.holdfast.perf.rehearsal;

import io.holdfast.perf.rehearsal.Finding.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Holds what the crowd was told against what the server says of itself.
 *
 * <p>In a drop that the rehearsal made, everything must add up to the unit. In one that was there before, others may buy,
 * too: there, only what the crowd itself was told is looked for.
 */
final class Audit {
    private final Offer offer;
    private final Crowd crowd;
    private final Ledger ledger;
    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    Audit(final Offer offer, final Crowd crowd, final Ledger ledger, final Evidence evidence) {
        this.offer = offer;
        this.crowd = crowd;
        this.ledger = ledger;
        this.evidence = evidence;
    }

    /** @param objectiveNs that 99 of 100 buyers must have their verdict within */
    List<Finding> findings(final long objectiveNs) {
        oversold();
        perBuyer();
        answered();
        heard();
        holdsKnown();
        paymentsKnown();
        refundsKnown();
        if (offer.isMade()) {
            noneBesides();
        }
        faults();
        slow(objectiveNs);
        return List.copyOf(findings);
    }

    private void find(
            final Question question, final String what, final boolean isWell, final String form, final Object... of) {
        findings.add(new Finding(question, what, isWell, String.format(Locale.ROOT, form, of)));
    }

    private void oversold() {
        final long capacity = evidence.after().capacityOf(offer.sku());
        final long most = Occupancy.most(ledger.grants().values());
        find(
                Question.OVERSOLD,
                "distinct holds against capacity",
                most <= capacity,
                "%,d distinct holds told to buyers, at most %,d units at one time, capacity %,d",
                ledger.grants().size(),
                most,
                capacity);
        for (final DropBalance.Sku sku : evidence.after().skus()) {
            final boolean isSame = sku.available() + sku.held() + sku.sold() == sku.capacity();
            final boolean isPositive = sku.available() >= 0 && sku.held() >= 0 && sku.sold() >= 0;
            find(
                    Question.OVERSOLD,
                    "stock of " + sku.sku() + " adds up",
                    isSame && isPositive,
                    "%,d available + %,d held + %,d sold, capacity %,d",
                    sku.available(),
                    sku.held(),
                    sku.sold(),
                    sku.capacity());
        }
    }

    private void perBuyer() {
        final long most = evidence.after().maxPerBuyer();
        if (most == 0) {
            return;
        }
        final Map<String, Long> byBuyer = new HashMap<>();
        evidence.holds().values().stream()
                .filter(hold -> isLive(hold) || "PAID".equals(hold.status()))
                .forEach(hold -> byBuyer.merge(hold.buyer(), hold.units(), Long::sum));
        final long over =
                byBuyer.values().stream().filter(units -> units > most).count();
        find(
                Question.OVERSOLD,
                "units of each buyer",
                over == 0,
                "%,d buyers with holds, %,d of them with more than %,d units",
                byBuyer.size(),
                over,
                most);
    }

    private static boolean isLive(final HoldAnswer hold) {
        return "HELD".equals(hold.status());
    }

    private void answered() {
        final long gaveUp = ledger.buyersByVerdict().getOrDefault(Verdicts.GAVE_UP, 0L);
        final long unexpected = ledger.buyersByVerdict().entrySet().stream()
                .filter(each -> each.getKey().startsWith(Verdicts.UNEXPECTED))
                .mapToLong(Map.Entry::getValue)
                .sum();
        final long told = ledger.buyersByVerdict().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                - gaveUp;
        find(
                Question.LOST,
                "every buyer answered",
                told == crowd.buyers() && unexpected == 0,
                "%,d of %,d buyers have their verdict, %,d gave up, %,d answers were none that a storefront expects",
                told,
                crowd.buyers(),
                gaveUp,
                unexpected);
    }

    /** Providers and storefronts insist longer than anybody who buys; a word that was never heard is not an answer. */
    private void heard() {
        find(
                Question.LOST,
                "every payment and release answered",
                ledger.openPayments() == 0 && ledger.openReleases() == 0,
                "%,d payments and %,d releases were given up",
                ledger.openPayments(),
                ledger.openReleases());
    }

    /** Each hold that somebody was told of is there, and is what was made of it. */
    private void holdsKnown() {
        final List<String> wrong = new ArrayList<>();
        ledger.grants().forEach((id, grant) -> {
            final HoldAnswer hold = evidence.holds().get(id);
            if (hold == null && mayBeForgotten(grant)) {
                return;
            }
            if (hold == null) {
                wrong.add("hold " + id + " of " + grant.buyer() + " is not there");
            } else if (!hold.buyer().equals(grant.buyer())) {
                wrong.add("hold " + id + " of " + grant.buyer() + " is now " + hold.buyer() + "'s");
            } else if (!isAsMade(grant).test(hold.status())) {
                wrong.add("hold " + id + " of " + grant.buyer() + " is " + hold.status());
            }
        });
        find(
                Question.LOST,
                "every hold is known",
                wrong.isEmpty(),
                "%,d holds told to buyers, %,d of them wrong at the server%s",
                ledger.grants().size(),
                wrong.size(),
                first(wrong));
    }

    /** A server remembers what has ended unpaid up to a maximum, and others may have filled it. */
    private boolean mayBeForgotten(final Grant grant) {
        return !offer.isMade() && !grant.isPaid() && System.nanoTime() - grant.certainUntilNs() > 0;
    }

    /** What a hold's status may be. */
    private static Predicate<String> isAsMade(final Grant grant) {
        if (grant.isPaid()) {
            return "PAID"::equals;
        }
        if (grant.isReleased()) {
            return "RELEASED"::equals;
        }
        return status -> switch (status) {
            case "HELD" -> true;
            case "EXPIRED" -> System.nanoTime() - grant.certainUntilNs() > 0;
            case "RELEASED" -> grant.isReleaseAsked();
            case "PAID" -> grant.isPaymentOpen();
            default -> false;
        };
    }

    private static String first(final List<String> wrong) {
        return wrong.isEmpty() ? "" : "; the first: " + wrong.get(0);
    }

    /** Each payment that was answered PAID is one paid hold. */
    private void paymentsKnown() {
        final List<String> wrong = new ArrayList<>();
        final Map<String, String> paidBy = new HashMap<>();
        ledger.payments().forEach((payment, fact) -> {
            if (fact.isPaid()) {
                final String other = paidBy.put(fact.hold(), payment);
                final HoldAnswer hold = evidence.holds().get(fact.hold());
                if (other != null) {
                    wrong.add("hold " + fact.hold() + " was paid by " + other + " and by " + payment);
                }
                if (hold == null || !"PAID".equals(hold.status())) {
                    wrong.add("payment " + payment + " was answered PAID, and its hold is "
                            + (hold == null ? "not there" : hold.status()));
                }
            }
        });
        find(
                Question.LOST,
                "every payment is one order or one refund",
                wrong.isEmpty(),
                "%,d payments answered PAID, %,d REFUND_DUE; %,d wrong%s",
                paidBy.size(),
                ledger.payments().size() - paidBy.size(),
                wrong.size(),
                first(wrong));
    }

    private void refundsKnown() {
        final List<String> wrong = new ArrayList<>();
        ledger.payments().forEach((payment, fact) -> {
            final Long due = evidence.refunds().get(payment);
            if (fact.isPaid() && due != null) {
                wrong.add("payment " + payment + " was answered PAID, and a refund is due for it");
            } else if (!fact.isPaid() && !Objects.equals(due, fact.amountMinor())) {
                wrong.add("payment " + payment + " was answered REFUND_DUE " + fact.amountMinor() + ", and due is "
                        + due);
            }
        });
        find(
                Question.LOST,
                "every refund is due",
                wrong.isEmpty(),
                "%,d refunds are due for payments of this crowd, %,d wrong%s",
                evidence.refunds().keySet().stream()
                        .filter(ledger.payments()::containsKey)
                        .count(),
                wrong.size(),
                first(wrong));
    }

    /** Nobody else buys in this drop: what is held or sold beyond what was told belongs to somebody who gave up. */
    private void noneBesides() {
        final long before = evidence.before().held() + evidence.before().sold();
        final long held = unitsOf("HELD");
        final long sold = unitsOf("PAID");
        find(
                Question.LOST,
                "holds of the drop are its stock",
                held == evidence.after().held() && sold == evidence.after().sold() && before == 0,
                "%,d units in live holds and %,d in paid ones; the drop says %,d held, %,d sold",
                held,
                sold,
                evidence.after().held(),
                evidence.after().sold());
        final long untold = evidence.holds().keySet().stream()
                .filter(id -> !ledger.grants().containsKey(id))
                .count();
        final long gaveUp = ledger.buyersByVerdict().getOrDefault(Verdicts.GAVE_UP, 0L)
                + ledger.botsByVerdict().getOrDefault(Verdicts.GAVE_UP, 0L);
        find(
                Question.LOST,
                "nobody has a hold without knowing",
                untold <= gaveUp,
                "%,d holds at the server that nobody was told of, %,d presses that were given up",
                untold,
                gaveUp);
    }

    private long unitsOf(final String status) {
        return evidence.holds().values().stream()
                .filter(hold -> status.equals(hold.status()))
                .mapToLong(HoldAnswer::units)
                .sum();
    }

    private void faults() {
        find(
                Question.LOST,
                "no answer contradicts another",
                ledger.faultCount() == 0,
                "%,d contradictions%s",
                ledger.faultCount(),
                first(ledger.faults()));
    }

    private void slow(final long objectiveNs) {
        final long p99Ns = ledger.buying().getValueAtPercentile(99);
        find(
                Question.SLOW,
                "99 of 100 buyers have their verdict in time",
                p99Ns <= objectiveNs,
                "p99 %,.1f ms, objective %,.1f ms",
                p99Ns / 1e6,
                objectiveNs / 1e6);
    }
}
