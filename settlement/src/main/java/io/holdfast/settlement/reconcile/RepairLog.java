package io.holdfast.settlement.reconcile;

import java.util.ArrayList;
import java.util.List;

/** What a repair changed, and what it could not: all counted, the first so many kept to be shown. One thread. */
final class RepairLog {
    private final int shownMax;
    private final List<String> shown = new ArrayList<>();

    private long doneCount;

    RepairLog(final int shownMax) {
        this.shownMax = shownMax;
    }

    void done(final String words) {
        doneCount++;
        show("repaired " + words);
    }

    void failed(final String words) {
        show("not repaired: " + words);
    }

    private void show(final String line) {
        if (shown.size() < shownMax) {
            shown.add(line);
        }
    }

    List<String> shown() {
        return shown;
    }

    long doneCount() {
        return doneCount;
    }
}
