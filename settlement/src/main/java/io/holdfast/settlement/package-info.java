/**
 * What follows the committed log: {@code log} is the port to it, {@code follow} runs a follower, {@code state} keeps a copy
 * of the state and writes snapshots, {@code postgres} settles payments, {@code redis} mirrors holds and stock, {@code
 * webhook} tells the storefront, {@code reconcile} compares them all.
 *
 * <p>Each follower has its own thread and cursor. None of them is waited for by the allocator.
 */
package io.holdfast.settlement;
