/**
 * Has the JVM compile what a drop needs before the first buyer comes: a stand-in for the server, over a journal, a core and a
 * port of its own, and a crowd that buys from it (ADR 0021). Runs on a thread of its own beside the server, which it must
 * neither touch nor hold up.
 */
package io.holdfast.gateway.warmup;
