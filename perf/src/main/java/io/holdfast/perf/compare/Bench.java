package io.holdfast.perf.compare;

import java.util.Optional;

/**
 * What rows measure with.
 *
 * @param wrk where it is installed
 */
record Bench(ComparePlan plan, ServerClient client, LoadDriver load, Optional<Wrk> wrk) {}
