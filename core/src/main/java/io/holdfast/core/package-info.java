/**
 * The deterministic state machine: one command with its sequence and time comes in, events go out.
 *
 * <p>{@link io.holdfast.core.StateMachine} is the door. One thread runs in it at a time, whichever hosts it: the
 * pipeline's, a follower's with its own copy, or a tool's. It must not read a clock, do I/O, start a thread, log, or
 * draw a random number: time, ids and limits come inside commands, so that a journal decided again gives the same
 * events, byte for byte.
 */
package io.holdfast.core;
