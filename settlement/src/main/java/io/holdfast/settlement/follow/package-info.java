/**
 * What runs a follower: a thread of its own that steps it, rests when there is nothing to do, and backs off when the
 * follower's store is away.
 *
 * <p>A follower may fail as often as it likes; nothing here can slow or stop the one who writes the log.
 */
package io.holdfast.settlement.follow;
