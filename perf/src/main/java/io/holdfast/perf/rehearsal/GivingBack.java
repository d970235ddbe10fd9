package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Answer;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;

/** Somebody gives a hold back. One thread, its loop's. */
final class GivingBack extends Insistent {
    private static final int NO_CONTENT = 204;

    private final String hold;
    private final Grant grant;

    GivingBack(final Stage stage, final String hold, final Grant grant, final SplittableRandom random) {
        super(stage, random);
        this.hold = hold;
        this.grant = grant;
    }

    void begin() {
        grant.releaseBegins(System.nanoTime());
        startAfresh();
    }

    @Override
    public int write(final MutableDirectBuffer buffer) {
        return stage().requests().release(buffer, hold);
    }

    @Override
    void onVerdict(final Answer answer, final long sentNs, final long receivedNs) {
        if (answer.status() == NO_CONTENT) {
            grant.released();
            stage().onSettled();
        } else {
            stage().ledger().fault("the release of " + hold + " was answered " + Stage.unexpected(answer));
            stage().onSettled();
        }
    }

    @Override
    void onGivenUp(final long nowNs) {
        stage().ledger().onOpenRelease();
        stage().onSettled();
    }
}
