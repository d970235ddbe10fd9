package io.holdfast.settlement.log;

/** History no longer reaches back to where a follower left off: it must begin from the newest snapshot. */
public final class HistoryTrimmedException extends Exception {
    private static final long serialVersionUID = 1;

    public HistoryTrimmedException(final long position, final long trimmedBelow) {
        super("history begins at position " + trimmedBelow + ", " + position + " was trimmed");
    }
}
