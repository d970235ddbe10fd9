package io.holdfast.perf.followers;

import java.time.Duration;

/**
 * Processor time that this process and Redis have taken so far, or between two moments.
 *
 * @param jvm of this process: mirror, log, and what the measurement itself does
 * @param redis of the store; zero where the system does not say
 */
record ProcessorTime(Duration jvm, Duration redis) {
    private static final double NS_PER_SECOND = 1e9;

    static ProcessorTime now(final long redisPid) {
        return new ProcessorTime(of(ProcessHandle.current().pid()), of(redisPid));
    }

    private static Duration of(final long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    ProcessorTime since(final ProcessorTime before) {
        return new ProcessorTime(jvm.minus(before.jvm), redis.minus(before.redis));
    }

    double jvmSeconds() {
        return jvm.toNanos() / NS_PER_SECOND;
    }

    double redisSeconds() {
        return redis.toNanos() / NS_PER_SECOND;
    }
}
