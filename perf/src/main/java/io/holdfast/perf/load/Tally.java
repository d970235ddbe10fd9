package io.holdfast.perf.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/** What one loop counts and measures. Written by its thread; the others may ask how far it is, and for the rest wait. */
final class Tally {
    private static final int STATUS_COUNT = 600;

    /** Codes that are told apart; there are some thirty. */
    private static final int PROBLEMS_MAX = 64;

    private final Latencies latencies = Latencies.empty();
    private final long[] byStatus = new long[STATUS_COUNT];
    private final byte[][] problems = new byte[PROBLEMS_MAX][];
    private final long[] byProblem = new long[PROBLEMS_MAX];
    private final long[] failures = new long[Failure.values().length];
    private final String[] firstDetails = new String[Failure.values().length];
    private final AtomicLong settled = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private int problemCount;
    private long sent;
    private long due;
    private long answered;
    private long heldBack;
    private long connections;
    private long firstDueNs = Long.MAX_VALUE;
    private long lastAnswerNs = Long.MIN_VALUE;
    private int openLinksPeak;

    Latencies latencies() {
        return latencies;
    }

    void onDue(final long dueNs) {
        due++;
        firstDueNs = Math.min(firstDueNs, dueNs);
    }

    /** A request is about to be sent, measured or not. */
    void onRequest() {
        sent++;
    }

    void onLag(final long lagNs) {
        Latencies.record(latencies.lag(), lagNs);
    }

    /** It was due, and no connection was free: the server has not answered the others. */
    void onHeldBack() {
        heldBack++;
    }

    void onConnection(final int openLinks) {
        connections++;
        openLinksPeak = Math.max(openLinksPeak, openLinks);
    }

    void onAnswer(final Answer answer, final long responseNs, final long serviceNs, final long nowNs) {
        answered++;
        byStatus[answer.status()]++;
        final int length = answer.problemLength();
        if (length > 0) {
            onProblem(answer.buffer(), answer.problemOffset(), length);
        }
        Latencies.record(latencies.response(), responseNs);
        Latencies.record(latencies.service(), serviceNs);
        lastAnswerNs = nowNs;
        settled.lazySet(answered + failed.getPlain());
    }

    private void onProblem(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < problemCount; i++) {
            if (isEqual(problems[i], buffer, offset, length)) {
                byProblem[i]++;
                return;
            }
        }
        if (problemCount < PROBLEMS_MAX) {
            problems[problemCount] = new byte[length];
            buffer.getBytes(offset, problems[problemCount]);
            byProblem[problemCount++] = 1;
        }
    }

    private static boolean isEqual(final byte[] code, final DirectBuffer buffer, final int offset, final int length) {
        if (code.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (code[i] != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * A request has no answer.
     *
     * @param waitedNs how long somebody has waited for it; counted as latency where it was waited for in vain
     */
    void onFailure(final Failure failure, final String detail, final long waitedNs) {
        onLoss(failure, detail);
        failed.lazySet(failed.getPlain() + 1);
        settled.lazySet(answered + failed.getPlain());
        if (failure == Failure.TIMEOUT || failure == Failure.UNSENT) {
            Latencies.record(latencies.response(), waitedNs);
        }
    }

    /** A connection was lost, with or without a request. */
    void onLoss(final Failure failure, final String detail) {
        failures[failure.ordinal()]++;
        if (firstDetails[failure.ordinal()] == null) {
            firstDetails[failure.ordinal()] = detail == null ? "" : detail;
        }
    }

    /** Requests that have an answer, or will have none; any thread. */
    long settled() {
        return settled.get();
    }

    /** Requests that will have none; any thread. */
    long failed() {
        return failed.get();
    }

    long sent() {
        return sent;
    }

    long due() {
        return due;
    }

    long answered() {
        return answered;
    }

    long heldBack() {
        return heldBack;
    }

    long connections() {
        return connections;
    }

    int openLinksPeak() {
        return openLinksPeak;
    }

    long firstDueNs() {
        return firstDueNs;
    }

    long lastAnswerNs() {
        return lastAnswerNs;
    }

    void addStatuses(final Map<Integer, Long> into) {
        for (int status = 0; status < STATUS_COUNT; status++) {
            if (byStatus[status] > 0) {
                into.merge(status, byStatus[status], Long::sum);
            }
        }
    }

    void addProblems(final Map<String, Long> into) {
        for (int i = 0; i < problemCount; i++) {
            into.merge(new String(problems[i], StandardCharsets.US_ASCII), byProblem[i], Long::sum);
        }
    }

    void addFailures(final Map<Failure, Long> counts, final Map<Failure, String> details) {
        Arrays.stream(Failure.values()).filter(f -> failures[f.ordinal()] > 0).forEach(failure -> {
            counts.merge(failure, failures[failure.ordinal()], Long::sum);
            details.putIfAbsent(failure, firstDetails[failure.ordinal()]);
        });
    }
}
