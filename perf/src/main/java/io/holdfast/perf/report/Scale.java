package io.holdfast.perf.report;

/** How values spread along an axis of a {@link LinePlot}. */
public enum Scale {
    /** Equal distances are equal differences; begins at 0 unless there are values below. */
    LINEAR,
    /** Equal distances are equal ratios; values of 0 or less lie on the lower edge. */
    LOG
}
