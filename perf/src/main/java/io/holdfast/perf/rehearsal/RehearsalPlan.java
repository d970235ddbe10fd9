package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.WirePlan;

/**
 * One rehearsal.
 *
 * @param wire to the server
 * @param isKeptAlive whether requests share connections, as many as the wire has at most; otherwise each has its own
 * @param keys of the server
 * @param offer what is sold
 * @param crowd who comes
 * @param manners what they do
 */
public record RehearsalPlan(WirePlan wire, boolean isKeptAlive, Keys keys, Offer offer, Crowd crowd, Manners manners) {}
