package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.LoadLoop;
import java.util.Map;
import java.util.function.Consumer;

/** One rehearsal, from making its drop to its audit. By one thread; the crowd has another. */
public final class Rehearsal {
    private static final long SHOW_INTERVAL_MS = 500;
    private static final int RADIX = 36;
    private static final int CREATED = 201;
    private static final int OK = 200;

    private final RehearsalPlan plan;
    private final OperatorClient client;
    private final String run;

    public Rehearsal(final RehearsalPlan plan) {
        this.plan = plan;
        this.client =
                new OperatorClient(plan.wire().target().toString(), plan.keys().adminKey());
        this.run = "r" + Long.toString(System.currentTimeMillis(), RADIX);
    }

    /** The name of a drop that nobody has used. */
    public static String freshDrop() {
        return "rehearsal-" + Long.toString(System.currentTimeMillis(), RADIX);
    }

    /**
     * Runs it.
     *
     * @param objectiveNs that 99 of 100 buyers must have their verdict within
     * @param shown is shown how far it is, twice a second
     * @throws RehearsalRefusedException when the server cannot be asked
     */
    public RehearsalResult run(final long objectiveNs, final Consumer<Pulse> shown)
            throws RehearsalRefusedException, InterruptedException {
        checkApiKey();
        makeDrop();
        final DropBalance before = Evidence.balance(client, plan.offer().drop());
        if (before.capacityOf(plan.offer().sku()) < 0) {
            throw new RehearsalRefusedException("the drop " + plan.offer().drop() + " has no SKU "
                    + plan.offer().sku() + "; next step: give one that it has by --sku");
        }
        final Ledger ledger = new Ledger(plan.crowd().windowNs());
        final Pulse pulse = new Pulse();
        final long startNs = System.nanoTime();
        final LoadLoop loop =
                LoadLoop.start("crowd", plan.wire(), wire -> new CrowdWork(plan, wire, ledger, run, pulse));
        while (!loop.awaitFor(SHOW_INTERVAL_MS)) {
            shown.accept(pulse);
        }
        loop.join();
        final RehearsalResult.Effort effort = new RehearsalResult.Effort(
                System.nanoTime() - startNs,
                pulse.requests(),
                pulse.connections(),
                pulse.openLinksPeak(),
                loop.processorNs());
        final Evidence evidence = Evidence.gather(client, plan.offer().drop(), before);
        return new RehearsalResult(
                plan,
                run,
                ledger,
                new Audit(plan.offer(), plan.crowd(), ledger, evidence).findings(objectiveNs),
                objectiveNs,
                effort);
    }

    /** A wrong key would be answered to every buyer; better once, before. */
    private void checkApiKey() throws RehearsalRefusedException, InterruptedException {
        client.ask(
                "GET",
                "/v1/drops/" + plan.offer().drop() + "/holds?buyer=" + run,
                "",
                plan.keys().apiKey());
    }

    private void makeDrop() throws RehearsalRefusedException, InterruptedException {
        final Offer offer = plan.offer();
        if (!offer.isMade()) {
            return;
        }
        final String price = offer.priceMinor() == 0
                ? ""
                : ",\"priceMinor\":" + offer.priceMinor() + ",\"currency\":\"" + offer.currency() + "\"";
        final String limit = offer.maxPerBuyer() == 0 ? "" : ",\"maxPerBuyer\":" + offer.maxPerBuyer();
        final OperatorClient.Reply reply = client.put(
                "/v1/drops/" + offer.drop(),
                "{\"name\":\"Rehearsal\"" + limit + ",\"skus\":[{\"sku\":\"" + offer.sku() + "\",\"capacity\":"
                        + offer.stock() + price + "}]}");
        if (reply.status() != CREATED && reply.status() != OK) {
            throw new RehearsalRefusedException("the drop " + offer.drop() + " could not be made: " + reply.status()
                    + " " + Map.copyOf(reply.fields()).getOrDefault("detail", reply.problem()));
        }
    }

    /**
     * Gives the holds of a drop that was made back, and puts it away, so that rehearsals do not fill the server.
     *
     * @return whether it is away
     */
    public boolean retire() throws RehearsalRefusedException, InterruptedException {
        final String path = "/v1/drops/" + plan.offer().drop();
        client.post(path + "/close");
        for (final HoldAnswer hold : client.list(path + "/holds?status=HELD", "holds", HoldAnswer::of)) {
            client.ask("DELETE", "/v1/holds/" + hold.id(), "", plan.keys().apiKey());
        }
        return client.post(path + "/archive").status() == OK;
    }
}
