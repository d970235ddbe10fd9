/**
 * A copy of the state that the log leads to: rebuilt from the newest snapshot and the records after it, kept up by the
 * snapshot follower, and written as the next snapshot, so that the core never pauses for one.
 *
 * <p>Events are applied here, nothing is decided.
 */
package io.holdfast.settlement.state;
