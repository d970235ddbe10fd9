package io.holdfast.perf.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** A run of the engine, from its start to its result. Started and awaited by one thread. */
public final class LoadRun {
    private final List<Tally> tallies = new ArrayList<>();
    private final List<LoadLoop> loops = new ArrayList<>();

    private LoadRun() {}

    /** Sends each request when it is due. */
    public static LoadRun open(
            final LoadPlan plan, final ArrivalTimes arrivals, final RequestSource source, final AnswerHandler handler) {
        final Sending.Exchange exchange = new Sending.Exchange(source, handler);
        return start(plan, books -> loop -> wire -> new OpenLoop(wire, plan, loop, arrivals, exchange, books));
    }

    /**
     * Sends each request when the one before it on its connection is answered.
     *
     * @param durationNs with the warm-up
     */
    public static LoadRun closed(
            final LoadPlan plan, final long durationNs, final RequestSource source, final AnswerHandler handler) {
        final Sending.Exchange exchange = new Sending.Exchange(source, handler);
        return start(plan, books -> loop -> wire -> new ClosedLoop(wire, plan, loop, durationNs, exchange, books));
    }

    /** Makes the work of a loop. */
    private interface Working {
        IntFunction<Function<Wire, Work>> with(Sending.Books books);
    }

    private static LoadRun start(final LoadPlan plan, final Working working) {
        final LoadRun run = new LoadRun();
        final StartLine startLine = new StartLine(plan.loops());
        for (int loop = 0; loop < plan.loops(); loop++) {
            final Tally tally = new Tally();
            run.tallies.add(tally);
            run.loops.add(LoadLoop.start(
                    "load-" + loop,
                    plan.wire(),
                    working.with(new Sending.Books(tally, startLine)).apply(loop)));
        }
        return run;
    }

    /** Requests that have an answer so far, or will have none; any thread. */
    public long settled() {
        return tallies.stream().mapToLong(Tally::settled).sum();
    }

    /** Requests so far that will have no answer; any thread. */
    public long failed() {
        return tallies.stream().mapToLong(Tally::failed).sum();
    }

    /**
     * Waits for the end of the run for a while.
     *
     * @return whether it has ended
     */
    public boolean awaitFor(final long timeoutMs) throws InterruptedException {
        for (final LoadLoop loop : loops) {
            if (!loop.awaitFor(timeoutMs)) {
                return false;
            }
        }
        return true;
    }

    /** Ends the run early: what is in flight stays unanswered. */
    public void stop() {
        loops.forEach(LoadLoop::stop);
    }

    /** Waits for the end of the run. */
    public LoadResult await() throws InterruptedException {
        for (final LoadLoop loop : loops) {
            loop.join();
        }
        return LoadResult.of(tallies, loops);
    }
}
