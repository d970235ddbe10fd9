package io.holdfast.gateway.pipeline;

/**
 * How the pipeline is run.
 *
 * @param ringSize slots of the ring, a power of two; when all are taken, submissions are refused
 * @param spinNs how long the writer looks for work before it parks
 * @param restNs from the end of one commit to the next batch while some records come, cut to {@code commitIntervalNs}
 * @param commitIntervalNs the same under load; 0 commits at once always
 * @param busyRecordsPerCommit from how many records a commit on the writer counts as under load
 */
public record PipelineConfig(int ringSize, long spinNs, long restNs, long commitIntervalNs, int busyRecordsPerCommit) {
    public static final int RING_SIZE_MIN = 1_024;
    public static final int RING_SIZE_MAX = 1_048_576;

    /** As measured on two cores, see ADR 0007. */
    public static final PipelineConfig DEFAULT = new PipelineConfig(65_536, 0, 200_000, 500_000, 6);

    public PipelineConfig {
        if (ringSize < RING_SIZE_MIN || ringSize > RING_SIZE_MAX || Integer.bitCount(ringSize) != 1) {
            throw new IllegalArgumentException(
                    "ring size " + ringSize + " is not a power of two from " + RING_SIZE_MIN + " to " + RING_SIZE_MAX);
        }
        if (spinNs < 0 || restNs < 0 || commitIntervalNs < 0 || busyRecordsPerCommit < 1) {
            throw new IllegalArgumentException("spin " + spinNs + " ns, rest " + restNs + " ns, commit interval "
                    + commitIntervalNs + " ns, busy from " + busyRecordsPerCommit + " records: none may be negative");
        }
    }
}
