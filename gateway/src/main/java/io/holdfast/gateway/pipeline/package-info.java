/**
 * The single writer: an LMAX Disruptor ring, and the one thread that decides, journals and responds.
 *
 * <p>Event loops publish exchanges into the ring and never wait. The writer's thread takes what has gathered, lets the
 * core decide it, writes and syncs the batch, and only then hands the answers back, once per event loop. One thread does
 * all three on purpose: while it syncs, commands gather, and that is the group commit. The only package that imports the
 * Disruptor. An exception in the writer halts the process: nothing here retries a sync or skips a command. What is
 * measured of the journal that it writes is here, too.
 */
package io.holdfast.gateway.pipeline;
