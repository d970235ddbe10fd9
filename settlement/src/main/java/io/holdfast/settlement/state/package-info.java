/**
 * A copy of the state that the log leads to: rebuilt from the newest snapshot and the records after it, kept up by the
 * snapshot follower, and written as the next snapshot, so that the core never pauses for one. And the memory that a state will
 * need next, made ready by a thread that does nothing else.
 *
 * <p>Events are applied here, nothing is decided.
 */
package io.holdfast.settlement.state;
