/**
 * Holdfast and its peers in turn in one run, judged by goals that are ratios: a figure alone means nothing on a
 * machine that
 * others share. Starts each as a process of its own, drives them all with the same generators, and leaves
 * nothing behind.
 *
 * <p>Runs on the thread that calls it.
 */
package io.holdfast.perf.compare;
