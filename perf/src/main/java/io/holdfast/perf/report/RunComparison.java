package io.holdfast.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What changed from an earlier run to this one, beyond noise.
 *
 * <p>Each run has several rounds, so each figure has a median and a range. A change is called real when both hold: the
 * two ranges do not overlap, and the medians differ by more than {@link Change#NOISE 15%}. With three rounds on each
 * side, two equal programs give ranges that do not overlap in one of ten figures by chance alone (2 of the 20 ways to
 * deal six values out); five rounds make that 1 in 126; the 15% keep out most of these, for small differences are what
 * chance makes. Below three rounds nothing is said.
 *
 * <p><b>What this cannot see.</b> Rounds of one run lie minutes apart, two runs lie days: a machine that drifts between
 * them (a neighbour on the same host, a warmer processor, a fuller disk) moves all rounds of a run together, and looks
 * like a change of the program. {@link Goal#YARDSTICK Yardsticks} are there for that: figures that measure the machine
 * alone. When one moved, the comparison says so first, and no other verdict is to be trusted. That no yardstick moved
 * does not prove that the machine stood still. A verdict that matters is checked by running the old program again now,
 * in turn with the new one.
 *
 * @param before the earlier run
 * @param now this run
 * @param changes one for each figure of this run, in its order
 * @param otherwiseDifferent conditions that differ, a sentence each
 */
public record RunComparison(RunRecord before, RunRecord now, List<Change> changes, List<String> otherwiseDifferent) {

    /** @throws IllegalArgumentException if benchmark, settings or machine differ: such figures say nothing of each other */
    public static RunComparison of(final RunRecord before, final RunRecord now) {
        if (!now.isComparableTo(before)) {
            throw new IllegalArgumentException(
                    "another benchmark, other settings or another machine: " + before.benchmark() + " "
                            + before.settings() + " on " + before.conditions().machine());
        }
        final List<Change> changes = now.figures().stream()
                .map(figure -> Change.of(before.figure(figure.name()).orElse(null), figure))
                .toList();
        return new RunComparison(before, now, changes, now.conditions().differencesFrom(before.conditions()));
    }

    /** Whether a yardstick moved: then the machine has, and the other verdicts mean nothing. */
    public boolean hasMachineMoved() {
        return has(Change.Verdict.MOVED);
    }

    /** Whether any figure is worse beyond noise. */
    public boolean isWorse() {
        return has(Change.Verdict.WORSE);
    }

    private boolean has(final Change.Verdict verdict) {
        return changes.stream().anyMatch(change -> change.verdict() == verdict);
    }

    /** The comparison as sentences: the machine first, then what changed beyond noise, then how much did not. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("compared with the run of " + before.at() + ", commit "
                + before.conditions().commit());
        otherwiseDifferent.forEach(each -> lines.add("different otherwise: " + each));
        if (hasMachineMoved()) {
            lines.add(
                    "the machine itself has moved: no verdict below is to be trusted; run both versions again, in turn");
        }
        long within = 0;
        for (final Change change : changes) {
            switch (change.verdict()) {
                case BETTER -> lines.add("better: " + text(change));
                case WORSE -> lines.add("worse: " + text(change));
                case MOVED -> lines.add("yardstick moved: " + text(change));
                case NEW ->
                    lines.add(
                            "new: " + change.now().name() + ", " + change.now().text());
                default -> within++;
            }
        }
        lines.add(within + " of " + changes.size() + " figures: " + withinText());
        return lines;
    }

    private String withinText() {
        return has(Change.Verdict.TOO_FEW_ROUNDS)
                ? "too few rounds to say, " + Change.ROUNDS_MIN + " or more are needed on both sides"
                : "no change beyond noise";
    }

    private static String text(final Change change) {
        return change.now().name() + " " + change.percent() + ", from "
                + change.before().text() + " to " + change.now().text();
    }

    /** The heads of {@link #rows}. */
    public static List<String> heads() {
        return List.of("figure", "before", "now", "change", "verdict");
    }

    /** A row for each figure. */
    public List<List<String>> rows() {
        return changes.stream()
                .map(change -> List.of(
                        change.now().name(),
                        change.before() == null ? "" : change.before().text(),
                        change.now().text(),
                        change.percent(),
                        change.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ')))
                .toList();
    }
}
