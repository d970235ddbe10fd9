/**
 * JMH benchmarks of the core, the codecs, the journal, the ring and the pipeline, and what runs them: in JVMs of
 * their own, with the server's flags. A benchmark counts what it did and throws when that is not what it says it
 * measures. Nothing here is judged by time but by the reader of the table.
 */
package io.holdfast.perf.jmh;
