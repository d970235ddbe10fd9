/**
 * JSON as the outside sees it: holds, drops and payments out of their images, written straight to bytes.
 *
 * <p>Used by event loops, by the journal tools and by settlement alike. A writer is owned by one thread. Nothing here knows
 * HTTP, the ring or the journal, and nothing here decides.
 */
package io.holdfast.gateway.json;
