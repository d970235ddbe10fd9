/**
 * The port between what is committed and who follows it: {@link io.holdfast.settlement.log.CommittedLog}, and today's
 * implementation of it over the journal and its snapshots.
 *
 * <p>Readers run on their followers' threads and see committed records only. Nothing here holds history back, or is waited
 * for by the one who writes it. A replicated log can take the journal's place without a change outside this package.
 */
package io.holdfast.settlement.log;
