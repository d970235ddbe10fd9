package io.holdfast.perf.scale;

import java.util.List;

/** Who spends processor time on a request. */
enum Stage {
    EVENT_LOOPS("event loops", "http-"),
    WRITER("writer", "holdfast-writer"),
    FOLLOWERS(
            "followers: settlement, mirror, snapshots",
            "holdfast-settle",
            "holdfast-mirror",
            "holdfast-snapsh",
            "holdfast-webhoo"),
    COLLECTOR("garbage collector", "GC Thread", "G1 ", "VM Thread", "ZWorker", "ZDriver", "ZDirector", "ZStat"),
    COMPILER("compiler", "C1 Compiler", "C2 Compiler", "Sweeper"),
    OTHER("the server's other threads"),
    STORES("embedded Postgres and Redis"),
    GENERATOR("wrk");

    private final String title;
    private final List<String> threads;

    /** @param threads what their names begin with, of which the kernel keeps fifteen bytes (proc(5), comm) */
    Stage(final String title, final String... threads) {
        this.title = title;
        this.threads = List.of(threads);
    }

    String title() {
        return title;
    }

    /** Whose a thread of the server is. */
    static Stage ofThread(final String name) {
        for (final Stage stage : values()) {
            if (stage.threads.stream().anyMatch(name::startsWith)) {
                return stage;
            }
        }
        return OTHER;
    }
}
