/**
 * The port between whoever asks and whatever orders: commands and queries go in, answers come back.
 *
 * <p>Callers run on event loops; implementations bring a thread of their own. Nothing here knows HTTP, the ring or the
 * journal, so that a replicated log can take the place of the pipeline.
 */
package io.holdfast.gateway.sequencer;
