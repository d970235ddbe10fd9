/**
 * The HTTP load engine: what sends requests at the times when they are due, whatever the server does, and measures from
 * there. Bytes out of prepared buffers, one system call to send and one to receive, and a strict reader of answers that
 * knows only what these servers send: on a small machine the generator shares the processors with what it measures.
 *
 * <p>Each {@link io.holdfast.perf.load.LoadLoop} is one thread with its own connections, buffers and histograms; nothing
 * is shared on the way of a request. Knows nothing of buyers, drops or verdicts beyond the bytes of a request.
 */
package io.holdfast.perf.load;
