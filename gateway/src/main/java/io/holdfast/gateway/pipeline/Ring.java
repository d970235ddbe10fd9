package io.holdfast.gateway.pipeline;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;

/** The ring and what belongs to it: many event loops publish, one writer consumes. */
final class Ring {
    private final RingBuffer<CommandSlot> buffer;
    private final SequenceBarrier barrier;
    private final Sequence consumed = new Sequence();
    private final ParkingWaitStrategy waitStrategy;
    private final Admission admission;

    Ring(final PipelineConfig config, final Admission admission) {
        this.waitStrategy = new ParkingWaitStrategy(config.spinNs());
        this.buffer = RingBuffer.createMultiProducer(CommandSlot::new, config.ringSize(), waitStrategy);
        this.barrier = buffer.newBarrier();
        this.admission = admission;
        buffer.addGatingSequences(consumed);
    }

    RingBuffer<CommandSlot> buffer() {
        return buffer;
    }

    SequenceBarrier barrier() {
        return barrier;
    }

    Sequence consumed() {
        return consumed;
    }

    ParkingWaitStrategy waitStrategy() {
        return waitStrategy;
    }

    Admission admission() {
        return admission;
    }
}
