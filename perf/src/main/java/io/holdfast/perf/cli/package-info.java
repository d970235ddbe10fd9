/**
 * The commands {@code bench} and {@code rehearse}: reads flags into one configuration each, runs what they name, and turns
 * the outcome into an exit status. Measures nothing itself.
 */
package io.holdfast.perf.cli;
