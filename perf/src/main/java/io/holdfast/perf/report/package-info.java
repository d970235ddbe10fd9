/**
 * How a measurement is written down: plots as SVG, {@code .hgrm} files, HTML pages that need no network, tables for a
 * terminal, and a history of runs that says what changed beyond noise. Runs on the thread of whoever measured, after the
 * measurement; measures nothing itself, and knows no benchmark.
 */
package io.holdfast.perf.report;
