/**
 * A payload-blind durable log: segments, batches, group commit, recovery, tailing and the snapshot store.
 *
 * <p>One thread appends and syncs; readers follow on threads of their own and see durable records only.
 * Nothing here knows what a record means, imports another Holdfast package, or repeats a sync that failed.
 */
package io.holdfast.journal;
