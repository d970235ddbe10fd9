/**
 * What clients may say, and the commands that it becomes: syntax ends here, meaning is the core's.
 *
 * <p>Runs on event loops; each loop has readers of its own and uses them again. Nothing here does I/O or
 * knows HTTP.
 */
package io.holdfast.gateway.request;
