package io.holdfast.perf.followers;

import io.holdfast.perf.ring.GrantedHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Makes the journal of a sale in which every hold is paid at once. */
final class OrderJournal {
    private static final int PROGRESS_ORDERS = 100_000;

    private OrderJournal() {}

    /**
     * Makes it, durable on return.
     *
     * @param data an empty directory, or none yet
     * @param isTrimmed whether to leave of its history no more than a snapshot and the last segments
     * @param onProgress told the number of orders now and then
     */
    static void make(final Path data, final int orders, final boolean isTrimmed, final IntConsumer onProgress)
            throws IOException {
        try (GrantedHistory history = new GrantedHistory(data, orders)) {
            for (int order = 1; order <= orders; order++) {
                history.order();
                if (order % PROGRESS_ORDERS == 0) {
                    onProgress.accept(order);
                }
            }
            history.commit();
            if (isTrimmed) {
                history.snapshot();
                if (history.trim() == 0) {
                    throw new IOException("a journal of " + orders + " orders is too short to be trimmed");
                }
            }
        }
    }
}
