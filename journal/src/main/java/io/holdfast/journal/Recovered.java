package io.holdfast.journal;

/**
 * A journal ready to be appended to.
 *
 * @param current open to write, the next batch goes to the offset in it
 * @param spare open to write, all zero; null when there is none
 */
record Recovered(
        RecoveryReport report, BatchChain chain, Segment current, int offset, Segment spare, int segmentCount) {}
