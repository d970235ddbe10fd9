/**
 * What Holdfast is measured against, each a server of its own: Netty with a constant answer, which says what
 * HTTP costs by
 * itself, and Netty with Redis, which is how holds are commonly made. Speaks the same paths and JSON as the
 * product, so that one
 * generator drives them all; is no product, and has neither limits, deadlines nor settlement.
 *
 * <p>Runs on Netty's event loops, which never block.
 */
package io.holdfast.perf.peer;
