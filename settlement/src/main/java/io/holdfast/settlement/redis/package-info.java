/**
 * The mirror: live holds and stock in Redis, for everyone to see. Never read for a decision, rebuilt at any time.
 *
 * <p>Runs on the mirror follower's thread; one pipelined connection, one writer, each write guarded.
 */
package io.holdfast.settlement.redis;
