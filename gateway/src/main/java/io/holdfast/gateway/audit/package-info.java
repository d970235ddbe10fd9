/**
 * What the journal tools do: read a journal from outside, show it, decide it again, tell one buyer's story.
 *
 * <p>Runs on the thread of the tool that asked, never inside a server, and only reads: safe beside a running one, where
 * an unfinished last batch is the end. What it finds wrong it names, by file and offset or by sequence.
 */
package io.holdfast.gateway.audit;
