package io.holdfast.perf.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One kind of command against one drop, by how many holds of it are live. */
@State(Scope.Thread)
public abstract class SaleTape extends CoreTape {
    /** Holds that are live all the while. */
    @Param({"5000", "100000", "1000000", "10000000"})
    public int liveHolds;

    @Override
    final int liveHolds() {
        return liveHolds;
    }
}
