/**
 * Compares what the journal says with what Postgres and Redis hold, names every difference, and drives the stores forward
 * when asked to.
 *
 * <p>Runs in a process of its own, beside a running server or a stopped one.
 */
package io.holdfast.settlement.reconcile;
