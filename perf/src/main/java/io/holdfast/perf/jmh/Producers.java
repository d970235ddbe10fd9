package io.holdfast.perf.jmh;

import com.lmax.disruptor.dsl.ProducerType;

/** Who publishes into a ring. */
public enum Producers {
    /** One thread, and the ring knows that it is the only one. */
    SINGLE(ProducerType.SINGLE, 1),
    /** One of what may be several. */
    MULTI_1(ProducerType.MULTI, 1),
    MULTI_2(ProducerType.MULTI, 2),
    MULTI_4(ProducerType.MULTI, 4);

    private final ProducerType type;
    private final int count;

    Producers(final ProducerType type, final int count) {
        this.type = type;
        this.count = count;
    }

    ProducerType type() {
        return type;
    }

    int count() {
        return count;
    }
}
