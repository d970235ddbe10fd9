/**
 * From what the disk holds to a core that can go on: the newest whole snapshot, then the journal's tail, applied.
 *
 * <p>Runs on the thread that starts the server, before anything is admitted. Events are applied, nothing is decided.
 */
package io.holdfast.gateway.recovery;
