package io.holdfast.gateway.pipeline;

import java.util.function.Consumer;

/**
 * Halts when the writer is dead, or has work and makes no progress for long. It counts its own ticks, not the clock, so
 * that a process that was stopped and continued is not taken for a stuck one.
 */
final class Watchdog {
    private final SingleWriter writer;
    private final Ring ring;
    private final int ticksMax;
    private final Consumer<Throwable> onFailure;

    private long lastSteps = -1;
    private long lastConsumed = -1;
    private int ticksWithoutProgress;

    Watchdog(final SingleWriter writer, final Ring ring, final int ticksMax, final Consumer<Throwable> onFailure) {
        this.writer = writer;
        this.ring = ring;
        this.ticksMax = ticksMax;
        this.onFailure = onFailure;
    }

    /** To be called about once a second. */
    void tick() {
        final long steps = writer.steps();
        final long consumed = ring.consumed().get();
        if (isStuck(steps, consumed)) {
            if (++ticksWithoutProgress == ticksMax) {
                onFailure.accept(
                        new IllegalStateException("the writer has work and made no step for " + ticksMax + " s"));
            }
        } else {
            ticksWithoutProgress = 0;
        }
        lastSteps = steps;
        lastConsumed = consumed;
    }

    /**
     * With commands in the ring, only to take one is progress: a slot that is claimed and never published is stepped
     * around forever. With none, the step must end: those that it took wait for it.
     */
    private boolean isStuck(final long steps, final long consumed) {
        if (ring.buffer().getCursor() != consumed) {
            return consumed == lastConsumed;
        }
        return (steps & 1) != 0 && steps == lastSteps;
    }
}
