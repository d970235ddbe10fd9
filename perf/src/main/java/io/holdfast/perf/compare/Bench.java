package io.holdfast.perf.compare;

import java.io.IOException;
import java.util.Optional;

/**
 * What rows measure with.
 *
 * @param wrk where it is installed
 */
record Bench(ComparePlan plan, ServerClient client, LoadDriver load, Optional<Wrk> wrk) {
    /** More stock than any run asks for; as much as the product lets one SKU have. */
    private static final long PLENTY = 10_000_000;

    /** Makes a drop that does not sell out. */
    void makePlenty(final Server server, final String drop) throws IOException, InterruptedException {
        client.makeDrop(server, drop, PLENTY);
    }

    /** Asks for holds in a drop until the server's code is compiled, or as long as the plan has it. */
    void warmUp(final Server server, final String drop) throws InterruptedException {
        if (!plan.pace().warmUp().isZero()) {
            load.closed(server, drop, plan.crowd().connections(), plan.pace().warmUp());
        }
    }
}
