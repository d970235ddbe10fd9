package io.holdfast.perf.jmh;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.LiteBlockingWaitStrategy;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.holdfast.gateway.pipeline.ParkingWaitStrategy;
import java.util.concurrent.TimeUnit;

/** How a ring's consumer waits: the Disruptor's strategies, and Holdfast's own. */
public enum Waiting {
    BUSY_SPIN,
    YIELDING,
    SLEEPING,
    BLOCKING,
    LITE_BLOCKING,
    PHASED_BACKOFF,
    /** Holdfast's: parks, and is woken once for all that an event loop's pass brought. */
    PARKING;

    private static final long SPIN_MICROS = 1;
    private static final long YIELD_MICROS = 20;

    WaitStrategy newStrategy() {
        return switch (this) {
            case BUSY_SPIN -> new BusySpinWaitStrategy();
            case YIELDING -> new YieldingWaitStrategy();
            case SLEEPING -> new SleepingWaitStrategy();
            case BLOCKING -> new BlockingWaitStrategy();
            case LITE_BLOCKING -> new LiteBlockingWaitStrategy();
            case PHASED_BACKOFF ->
                PhasedBackoffWaitStrategy.withLiteLock(SPIN_MICROS, YIELD_MICROS, TimeUnit.MICROSECONDS);
            case PARKING -> new ParkingWaitStrategy(0);
        };
    }
}
