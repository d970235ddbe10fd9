/**
 * Containers that the state is made of: records in an arena, an index of references, a heap of what is due.
 *
 * <p>They know no drop and no hold, allocate only when they grow, and belong to one thread.
 */
package io.holdfast.core.store;
