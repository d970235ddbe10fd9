package io.holdfast.perf.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of one round of one load.
 *
 * @param verdicts of the whole round, its warm-up with it
 * @param losses what never came to an answer
 * @param latencies of what fell due in the measured time; null once they have been added up
 * @param effort of the measured time
 * @param faults what does not add up; empty when all is well
 */
record RoundResult(
        RingLoad load,
        Verdicts verdicts,
        Losses losses,
        Latencies latencies,
        Timeline timeline,
        Effort effort,
        List<String> faults) {

    /**
     * @param refused commands that found no room and were never submitted
     * @param journalFull of these, or at saturation how often, since the journal had no segment ready: the disk was slower
     *     than the commands
     * @param unanswered commands that were accepted and never answered
     */
    record Losses(long refused, long journalFull, long unanswered) {}

    /** What is kept of many rounds: the histograms are large, and added up elsewhere. */
    RoundResult withoutHistograms() {
        return new RoundResult(load, verdicts, losses, null, timeline, effort, faults);
    }

    /** Answers of the measured time, each durable before it came, a second. */
    double answersPerSecond() {
        return timeline.answers() * 1e9 / effort.atNs();
    }

    double recordsPerSync() {
        return effort.syncs().syncs() == 0
                ? 0
                : (double) effort.syncs().records() / effort.syncs().syncs();
    }

    double bytesPerRecord() {
        return effort.syncs().records() == 0
                ? 0
                : (double) effort.syncs().bytes() / effort.syncs().records();
    }

    /** Processor time of the whole process for one answer, the producers' own with it, in µs. */
    double processorUsPerAnswer() {
        return timeline.answers() == 0 ? 0 : effort.processNs() / 1e3 / timeline.answers();
    }

    /** Processor time of the writer for one record, its share of the sync with it, in µs: what bounds the rate. */
    double writerUsPerRecord() {
        return effort.syncs().records() == 0
                ? 0
                : effort.writerNs() / 1e3 / effort.syncs().records();
    }

    /** Share of the measured time in which the writer ran on a processor. */
    double writerBusy() {
        return (double) effort.writerNs() / effort.atNs();
    }

    /** Share of the measured time in which the writer waited for fdatasync. */
    double writerSyncing() {
        return (double) effort.syncs().syncNs() / effort.atNs();
    }

    /** Whether the answers are those that the load is made to bring, and the stock is what they say. */
    static List<String> faults(
            final RingLoad load, final Verdicts verdicts, final Losses losses, final Map<String, Long> held) {
        final List<String> faults = new ArrayList<>();
        final long heldUnits = held.getOrDefault(HoldCommands.PLENTY, 0L);
        check(faults, heldUnits == verdicts.granted(), verdicts.granted() + " granted and " + heldUnits + " held");
        check(faults, held.getOrDefault(HoldCommands.NONE_LEFT, 0L) == 1, "more than one unit of one was held");
        check(faults, losses.unanswered() == 0, losses.unanswered() + " commands were never answered");
        check(faults, verdicts.otherwiseRefused() == 0, verdicts.otherwiseRefused() + " unexpected refusals");
        if (heldUnits >= HoldCommands.PLENTY_CAPACITY) {
            faults.add(
                    "all " + heldUnits + " units were taken, and no server holds more; next step: a shorter --seconds");
        }
        final boolean isAsAsked = switch (load.mix()) {
            case GRANTED -> verdicts.granted() == verdicts.answered();
            case SOLD_OUT -> verdicts.soldOut() == verdicts.answered();
            case REPLAYS ->
                verdicts.replayed() + verdicts.granted() == verdicts.answered()
                        && verdicts.granted() <= (long) load.producers() * HoldCommands.REPLAYED_KEYS;
            case DROP -> verdicts.granted() + verdicts.soldOut() == verdicts.answered();
        };
        check(
                faults,
                isAsAsked,
                "other answers than " + load.mix().label() + ": " + verdicts.granted() + " granted, "
                        + verdicts.replayed() + " replayed, " + verdicts.soldOut() + " sold out");
        return faults;
    }

    private static void check(final List<String> faults, final boolean isRight, final String fault) {
        if (!isRight) {
            faults.add(fault);
        }
    }
}
