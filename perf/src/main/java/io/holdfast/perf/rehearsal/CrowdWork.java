package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.ArrivalTimes;
import io.holdfast.perf.load.Wire;
import io.holdfast.perf.load.Work;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Lets a crowd loose on a server, until everybody has gone home. One thread, its loop's. */
final class CrowdWork implements Work {
    /** Then answers are read, however many are due. */
    private static final int PRESSES_PER_PASS_MAX = 32;

    private static final long AHEAD_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long TELL_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Bots come in the first tenth of the window, while there is something to get. */
    private static final int BOTS_SHARE = 10;

    private final RehearsalPlan plan;
    private final Stage stage;
    private final Pulse pulse;

    private int next;
    private long toldNs;
    private boolean isBegun;

    CrowdWork(final RehearsalPlan plan, final Wire wire, final Ledger ledger, final String run, final Pulse pulse) {
        this.plan = plan;
        this.pulse = pulse;
        this.stage = new Stage(
                new Courier(wire, plan.isKeptAlive(), plan.manners().timeoutNs()),
                new Agenda(),
                ledger,
                new Requests(plan.wire().target(), plan.keys(), plan.offer()),
                plan.manners(),
                run);
    }

    @Override
    public long step(final long nowNs) {
        if (!isBegun) {
            isBegun = true;
            stage.begin(nowNs + AHEAD_NS);
            sendBots();
        }
        final ArrivalTimes arrivals = plan.crowd().arrivals();
        int presses = 0;
        while (next < arrivals.count()
                && presses < PRESSES_PER_PASS_MAX
                && stage.startNs() + arrivals.at(next) - nowNs <= 0) {
            final long dueNs = stage.startNs() + arrivals.at(next);
            new Buyer(stage, next, plan.crowd().seed(), dueNs).press(System.nanoTime());
            next++;
            presses++;
        }
        final long agendaNs = stage.agenda().run(nowNs);
        final long expiryNs = stage.courier().expire(nowNs);
        stage.courier().dispatch();
        if (nowNs - toldNs >= TELL_INTERVAL_NS) {
            toldNs = nowNs;
            tell();
        }
        if (stage.settled() == plan.crowd().buyers() + plan.crowd().bots()) {
            tell();
            return DONE;
        }
        final long arrivalNs = next < arrivals.count() ? stage.startNs() + arrivals.at(next) : IDLE;
        return earliest(nowNs, arrivalNs, agendaNs, expiryNs);
    }

    private static long earliest(final long nowNs, final long... times) {
        long waitNs = Long.MAX_VALUE;
        for (final long time : times) {
            waitNs = time == IDLE ? waitNs : Math.min(waitNs, time - nowNs);
        }
        return waitNs == Long.MAX_VALUE ? IDLE : nowNs + waitNs;
    }

    private void sendBots() {
        final SplittableRandom random = new SplittableRandom(plan.crowd().seed());
        final long withinNs = Math.max(1, plan.crowd().windowNs() / BOTS_SHARE);
        for (int i = 0; i < plan.crowd().bots(); i++) {
            final Bot bot = new Bot(stage, i, plan.crowd().botConnections());
            stage.agenda().at(stage.startNs() + random.nextLong(withinNs), bot::press);
        }
    }

    private void tell() {
        final Courier courier = stage.courier();
        pulse.tell(next, stage.settled(), stage.ledger().grants().size());
        pulse.effort(courier.requests(), courier.connections(), courier.openLinksPeak());
    }
}
