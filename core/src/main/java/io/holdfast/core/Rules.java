package io.holdfast.core;

import io.holdfast.core.message.ActivateRulesEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * The limits that change a decision, as the journal activated them. All are counts of entries.
 *
 * @param version of the decisions' code; a journal keeps saying which version decided what follows
 * @param liveHoldsMax holds in status HELD, over all drops
 * @param finishedHoldsPerDropMax released and expired holds remembered; beyond it the one that finished first is
 *     forgotten
 * @param rememberedRefusalsPerDropMax refusals remembered by key; beyond it the oldest is forgotten
 * @param rememberedAdjustmentsPerDropMax stock adjustments remembered by key; beyond it the oldest is forgotten
 * @param paymentsMax payments remembered; beyond it payments are refused, none is forgotten early
 * @param dropsMax drops in memory
 * @param dropNamesMax names ever taken, archived drops included
 * @param skusPerDropMax SKUs of one drop, at most {@link Limits#SKUS_PER_DROP_MAX}
 */
public record Rules(
        int version,
        int liveHoldsMax,
        int finishedHoldsPerDropMax,
        int rememberedRefusalsPerDropMax,
        int rememberedAdjustmentsPerDropMax,
        int paymentsMax,
        int dropsMax,
        int dropNamesMax,
        int skusPerDropMax) {

    /** The newest version of the decisions that this code knows. */
    public static final int VERSION_MAX = 1;

    /** What is in force before a journal says otherwise. */
    public static final Rules DEFAULT =
            new Rules(1, 10_000_000, 1_000_000, 1_000_000, 10_000, 20_000_000, 1_000, 100_000, 1_000);

    public Rules {
        if (version < 1 || version > VERSION_MAX) {
            throw new IllegalArgumentException("rules version " + version + " is not known; this build knows up to "
                    + VERSION_MAX + ": use a newer build");
        }
        requirePositive("liveHoldsMax", liveHoldsMax);
        requirePositive("finishedHoldsPerDropMax", finishedHoldsPerDropMax);
        requirePositive("rememberedRefusalsPerDropMax", rememberedRefusalsPerDropMax);
        requirePositive("rememberedAdjustmentsPerDropMax", rememberedAdjustmentsPerDropMax);
        requirePositive("paymentsMax", paymentsMax);
        requirePositive("dropsMax", dropsMax);
        requirePositive("dropNamesMax", dropNamesMax);
        requirePositive("skusPerDropMax", skusPerDropMax);
        if (skusPerDropMax > Limits.SKUS_PER_DROP_MAX) {
            throw new IllegalArgumentException(
                    "skusPerDropMax is " + skusPerDropMax + ", it must be " + Limits.SKUS_PER_DROP_MAX + " or less");
        }
    }

    /** Encodes the {@code ActivateRules} command for these rules, header first, at offset 0; returns its length. */
    public int encodeActivation(final MutableDirectBuffer target) {
        return new ActivateRulesEncoder()
                .wrapAndApplyHeader(target, 0, new MessageHeaderEncoder())
                .rulesVersion(version)
                .liveHoldsMax(liveHoldsMax)
                .finishedHoldsPerDropMax(finishedHoldsPerDropMax)
                .rememberedRefusalsPerDropMax(rememberedRefusalsPerDropMax)
                .rememberedAdjustmentsPerDropMax(rememberedAdjustmentsPerDropMax)
                .paymentsMax(paymentsMax)
                .dropsMax(dropsMax)
                .dropNamesMax(dropNamesMax)
                .skusPerDropMax(skusPerDropMax)
                .limit();
    }

    private static void requirePositive(final String name, final int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be 1 or more");
        }
    }
}
