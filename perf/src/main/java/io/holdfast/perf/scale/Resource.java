package io.holdfast.perf.scale;

/** What there is so much of, and no more. */
enum Resource {
    EVENT_LOOPS("the event loops"),
    WRITER("the writer"),
    DISK("the disk"),
    CORES("the cores");

    private final String title;

    Resource(final String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
