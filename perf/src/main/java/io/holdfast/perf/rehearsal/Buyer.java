package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Answer;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;

/**
 * Somebody who presses Buy once, and comes again with the same key until a verdict is told. Who got a hold pays for it, gives
 * it back or walks away, as the seed has it. One thread, its loop's.
 */
final class Buyer extends Insistent {
    /** Odd, with its bits evenly mixed (the golden ratio): neighbouring seeds give crowds that have nothing in common. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int HUNDRED = 100;
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final String name;
    private final long dueNs;

    Buyer(final Stage stage, final int index, final long seed, final long dueNs) {
        super(stage, new SplittableRandom(seed * SPREAD + index));
        this.name = stage.run() + "-b" + index;
        this.dueNs = dueNs;
    }

    /** Presses Buy. */
    void press(final long nowNs) {
        stage().ledger().onArrival(dueNs - stage().startNs(), nowNs - dueNs);
        startAfresh();
    }

    @Override
    public int write(final MutableDirectBuffer buffer) {
        return stage().requests().hold(buffer, name, name);
    }

    @Override
    void onVerdict(final Answer answer, final long sentNs, final long receivedNs) {
        if (answer.status() == CREATED) {
            onHold(answer, sentNs, receivedNs);
        } else if (answer.status() >= BAD_REQUEST && answer.status() < SERVER_ERROR && isRefusal(answer.problem())) {
            end(answer.problem(), receivedNs);
        } else {
            end(Stage.unexpected(answer), receivedNs);
        }
    }

    /** What a storefront tells its buyer; anything else means that the rehearsal itself asked wrongly. */
    private static boolean isRefusal(final String problem) {
        return switch (problem) {
            case "sold-out", "buyer-limit", "drop-closed", "drop-paused", "drop-not-open" -> true;
            default -> false;
        };
    }

    private void onHold(final Answer answer, final long sentNs, final long receivedNs) {
        final HoldAnswer hold;
        try {
            hold = HoldAnswer.of(Stage.fields(answer));
        } catch (final IllegalArgumentException e) {
            stage().ledger().fault(name + " was answered 201 without a hold: " + e.getMessage());
            end(Verdicts.UNEXPECTED, receivedNs);
            return;
        }
        final Grant grant = stage().ledger().onGrant(hold, name, sentNs, receivedNs);
        stage().ledger().onVerdict(Verdicts.HELD, dueNs - stage().startNs(), receivedNs - dueNs);
        decide(hold, grant, receivedNs);
    }

    private void decide(final HoldAnswer hold, final Grant grant, final long nowNs) {
        final Manners manners = stage().manners();
        final int choice = random().nextInt(HUNDRED);
        final long thinkUntilNs = nowNs + (manners.thinkNsMax() == 0 ? 0 : random().nextLong(manners.thinkNsMax()));
        if (choice < manners.payPercent()) {
            final Purchase.Times times = random().nextInt(HUNDRED) >= manners.payTwicePercent()
                    ? Purchase.Times.ONCE
                    : random().nextBoolean() ? Purchase.Times.AGAIN : Purchase.Times.ANOTHER;
            final Purchase purchase = new Purchase(stage(), hold, grant, times, random().split());
            stage().agenda().at(thinkUntilNs, () -> purchase.begin(thinkUntilNs));
        } else if (choice < manners.payPercent() + manners.releasePercent()) {
            stage().agenda().at(thinkUntilNs, new GivingBack(stage(), hold.id(), grant, random().split())::begin);
        } else {
            stage().onSettled();
        }
    }

    @Override
    void onGivenUp(final long nowNs) {
        end(Verdicts.GAVE_UP, nowNs);
    }

    private void end(final String verdict, final long nowNs) {
        stage().ledger().onVerdict(verdict, dueNs - stage().startNs(), nowNs - dueNs);
        stage().onSettled();
    }
}
