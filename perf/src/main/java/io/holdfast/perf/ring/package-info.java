/**
 * The pipeline without HTTP: real core, real journal, real fdatasync, loaded by threads that behave as event loops do,
 * with the time of each command taken apart by stage. And how long a start takes over a journal of millions of records.
 *
 * <p>Threads: one for each producer, which owns its lane, its tickets and its record of what came back; the pipeline's own
 * writer, on which the probe runs; the caller's, which waits. Nothing here is part of what runs in production.
 */
package io.holdfast.perf.ring;
