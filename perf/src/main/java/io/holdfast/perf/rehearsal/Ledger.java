package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Failure;
import io.holdfast.perf.load.Latencies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What the crowd was told, which is what the audit holds against the server. Written by the loop's thread, read when it has
 * ended.
 */
final class Ledger {
    /** Faults that are told in words; all are counted. */
    private static final int FAULTS_TOLD_MAX = 20;

    private final Map<String, Long> buyersByVerdict = new TreeMap<>();
    private final Map<String, Long> botsByVerdict = new TreeMap<>();
    private final Map<String, Grant> grants = new HashMap<>();
    private final Map<String, PaymentFact> payments = new HashMap<>();
    private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
    private final Map<String, Long> retriesByCause = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private final Histogram buying = Latencies.histogram();
    private final Histogram service = Latencies.histogram();
    private final Histogram paying = Latencies.histogram();
    private final Histogram lag = Latencies.histogram();
    private final TimeLine timeLine;

    private long faultCount;
    private long openPayments;
    private long openReleases;

    Ledger(final long windowNs) {
        this.timeLine = new TimeLine(windowNs);
    }

    /** Somebody came, and was sent for so much later than due. */
    void onArrival(final long dueSinceStartNs, final long lagNs) {
        timeLine.onArrival(dueSinceStartNs);
        Latencies.record(lag, lagNs);
    }

    /** A buyer's press ended. */
    void onVerdict(final String verdict, final long dueSinceStartNs, final long responseNs) {
        buyersByVerdict.merge(verdict, 1L, Long::sum);
        Latencies.record(buying, responseNs);
        timeLine.onAnswer(dueSinceStartNs, responseNs);
    }

    void onBotVerdict(final String verdict) {
        botsByVerdict.merge(verdict, 1L, Long::sum);
    }

    /** Any answer to any request. */
    void onService(final long serviceNs) {
        Latencies.record(service, serviceNs);
    }

    void onPaymentAnswered(final long responseNs) {
        Latencies.record(paying, responseNs);
    }

    void onRetry(final String cause) {
        retriesByCause.merge(cause, 1L, Long::sum);
    }

    void onFailure(final Failure failure) {
        failures.merge(failure, 1L, Long::sum);
    }

    /** A hold, told to a buyer; the same may be told more than once, but to nobody else. */
    Grant onGrant(final HoldAnswer hold, final String buyer, final long sentNs, final long receivedNs) {
        final Grant known = grants.get(hold.id());
        if (!hold.buyer().equals(buyer)) {
            fault("hold " + hold.id() + " is " + hold.buyer() + "'s, and was told to " + buyer);
        }
        if (known == null) {
            final Grant grant = new Grant(hold, sentNs, receivedNs);
            grants.put(hold.id(), grant);
            return grant;
        }
        if (!known.buyer().equals(buyer)) {
            fault("hold " + hold.id() + " was told to " + known.buyer() + " and to " + buyer);
        }
        known.told(hold, sentNs);
        return known;
    }

    /** A payment's answer; the same payment has the same answer for ever. */
    void onPayment(final String payment, final PaymentFact fact) {
        final PaymentFact known = payments.putIfAbsent(payment, fact);
        if (known != null && !known.equals(fact)) {
            fault("payment " + payment + " was answered " + known + ", and then " + fact);
        }
    }

    /** A payment, or a release, whose outcome nobody knows. */
    void onOpenPayment() {
        openPayments++;
    }

    void onOpenRelease() {
        openReleases++;
    }

    /** Something that must not be, whatever the load. */
    void fault(final String what) {
        faultCount++;
        if (faults.size() < FAULTS_TOLD_MAX) {
            faults.add(what);
        }
    }

    Map<String, Long> buyersByVerdict() {
        return buyersByVerdict;
    }

    Map<String, Long> botsByVerdict() {
        return botsByVerdict;
    }

    Map<String, Grant> grants() {
        return grants;
    }

    Map<String, PaymentFact> payments() {
        return payments;
    }

    Map<Failure, Long> failures() {
        return failures;
    }

    Map<String, Long> retriesByCause() {
        return retriesByCause;
    }

    List<String> faults() {
        return faults;
    }

    long faultCount() {
        return faultCount;
    }

    long openPayments() {
        return openPayments;
    }

    long openReleases() {
        return openReleases;
    }

    /** From when a buyer came to when a verdict was told, retries and all. */
    Histogram buying() {
        return buying;
    }

    /** Of every request, from when it was sent. */
    Histogram service() {
        return service;
    }

    /** From when a payment was due to its answer, retries and all. */
    Histogram paying() {
        return paying;
    }

    /** How much later than due buyers were sent for. */
    Histogram lag() {
        return lag;
    }

    TimeLine timeLine() {
        return timeLine;
    }
}
