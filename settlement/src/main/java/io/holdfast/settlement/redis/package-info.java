/**
 * The mirror: live holds and stock in Redis, for everyone to see. Never read for a decision, rebuilt at any time.
 *
 * <pre>
 *   holdfast:hold:UUID   hash  drop, buyer, items (JSON as in HTTP), status (HELD), sequence, expiresAt (RFC 3339, UTC, ms);
 *                              lives to the end of hold and grace
 *   holdfast:stock:DROP  hash  SKU:available, SKU:held, SKU:sold for each SKU, and sequence, the drop's as in HTTP
 *   holdfast:cursor      hash  journal, sequence, position and time of the last record that is mirrored, updatedAt, and writer,
 *                              the token of the one that may write
 * </pre>
 *
 * <p>Runs on the mirror follower's thread; one connection, one writer, each write behind a fence (ADR 0014). Must not ask
 * Redis what is true.
 */
package io.holdfast.settlement.redis;
