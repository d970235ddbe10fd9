package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Arrivals;
import io.holdfast.perf.load.WirePlan;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small crowd at a stub. */
final class StubRehearsal {
    static final int BUYERS = 20;

    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Keys KEYS = new Keys("api", "admin", "payment-secret");

    private StubRehearsal() {}

    static RehearsalResult run(final StubServer server, final Manners manners) throws Exception {
        return run(server, manners, 0);
    }

    static RehearsalResult run(final StubServer server, final Manners manners, final int bots) throws Exception {
        final Crowd crowd = new Crowd(Arrivals.UNIFORM.times(BUYERS, 100 * MS, 1), "uniform", 100 * MS, bots, 6, 11);
        final Offer offer = new Offer(StubServer.DROP, true, "GA", StubServer.STOCK, 100, "EUR", 4);
        final RehearsalPlan plan =
                new RehearsalPlan(new WirePlan(server.target(), 2, 64, 0), false, KEYS, offer, crowd, manners);
        return new Rehearsal(plan).run(TimeUnit.MINUTES.toNanos(1), pulse -> {});
    }

    /** Those who get a hold keep it. */
    static Manners keeping() {
        return manners(0, 0, 0);
    }

    static Manners manners(final int pay, final int payTwice, final int release) {
        return new Manners(pay, payTwice, release, 10 * MS, 3, 2_000 * MS);
    }

    /** What the audit found wrong. */
    static List<String> wrong(final RehearsalResult result) {
        return result.findings().stream()
                .filter(each -> !each.isWell())
                .map(Finding::what)
                .toList();
    }
}
