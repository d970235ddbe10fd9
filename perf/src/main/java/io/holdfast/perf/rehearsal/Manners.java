package io.holdfast.perf.rehearsal;

/**
 * What buyers do.
 *
 * @param payPercent of those who got a hold pay for it
 * @param payTwicePercent of those pay a second time: every other sends the same payment again, the rest another one
 * @param releasePercent of those who got a hold give it back; those who neither pay nor release walk away
 * @param thinkNsMax how long, at most, somebody thinks before paying or giving back
 * @param retriesMax how often somebody comes again with the same key before giving up
 * @param timeoutNs how long somebody waits for an answer before coming again
 */
public record Manners(
        int payPercent, int payTwicePercent, int releasePercent, long thinkNsMax, int retriesMax, long timeoutNs) {
    public Manners {
        final boolean isShares = payPercent >= 0 && releasePercent >= 0 && payPercent + releasePercent <= 100;
        if (!isShares || payTwicePercent < 0 || payTwicePercent > 100) {
            throw new IllegalArgumentException(
                    "shares of payers " + payPercent + "%, of releases " + releasePercent + "%, of payments made twice "
                            + payTwicePercent + "%: the first two are 100 at most, and so is each");
        }
        if (retriesMax < 0 || retriesMax > 100 || timeoutNs < 1 || thinkNsMax < 0) {
            throw new IllegalArgumentException("retries " + retriesMax + " (0 to 100), time-out " + timeoutNs + " ns");
        }
    }
}
