package io.holdfast.settlement.reconcile;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Drives Redis forward to the journal. A running mirror does that by itself once its cursor is gone; where nobody takes it
 * up, what differs is written here, key by key, for as long as nobody does.
 */
final class RedisRepair {
    private static final long TAKEN_UP_MAX_MS = 5_000;
    private static final long POLL_MS = 100;

    private final RedisSession redis;
    private final RepairLog log;

    RedisRepair(final RedisSession redis, final RepairLog log) {
        this.redis = redis;
        this.log = log;
    }

    /** Takes the mirror's cursor away. Returns whether a running mirror took that up within five seconds. */
    boolean isTakenUp() throws InterruptedException {
        redis.delete(RedisSession.CURSOR_KEY);
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TAKEN_UP_MAX_MS);
        while (System.nanoTime() < deadlineNs) {
            if (isThereACursor()) {
                log.done("redis: the mirror's cursor taken away, and the running mirror begins anew");
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        return false;
    }

    private boolean isThereACursor() {
        return !redis.cursor().isEmpty();
    }

    /** Puts under a key what the journal says. @param expected empty where nothing should be */
    void put(final String key, final Optional<Map<String, String>> expected, final long ttlMs) {
        if (isThereACursor()) {
            log.failed(key + ": a mirror runs now, and sees to it");
        } else if (expected.isEmpty()) {
            redis.delete(key);
            log.done(key + ": deleted");
        } else {
            redis.put(key, expected.get(), ttlMs);
            log.done(key + ": written as the journal has it");
        }
    }
}
