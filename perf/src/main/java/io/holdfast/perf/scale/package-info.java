/**
 * What more processors would give: a model of the server's throughput, fitted to what its threads, its journal and its
 * disk were measured to need for a request at saturation, and checked against a round that it was not fitted to.
 *
 * <p>Runs on the thread that calls it. Looks at the server from outside: the kernel's accounts of its threads, and what
 * it exports as metrics.
 */
package io.holdfast.perf.scale;
