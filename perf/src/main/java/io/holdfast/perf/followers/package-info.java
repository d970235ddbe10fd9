/**
 * What follows the journal, measured without a server: settlement into Postgres, the mirror in Redis, and reconciliation.
 * Real stores, started for the measurement and gone after it; a journal made by a real core. Counts at the end what the
 * stores hold, since speed that loses rows is none.
 *
 * <p>Runs on the thread that calls it; what has to fit into a small heap is a process of its own, which runs the same
 * command with the step's name.
 */
package io.holdfast.perf.followers;
