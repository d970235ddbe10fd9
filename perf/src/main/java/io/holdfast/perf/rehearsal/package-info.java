/**
 * A drop as its users make it: a crowd that comes in a window, presses Buy, comes again when it was not answered, pays, pays
 * twice, walks away, and bots among it; and behind it an audit, which believes the server nothing that the crowd can
 * prove to be otherwise.
 *
 * <p>The crowd lives in one {@link io.holdfast.perf.load.LoadLoop}; the audit and the report run after it, on the thread
 * of whoever asked. Knows the server by its protocol only.
 */
package io.holdfast.perf.rehearsal;
