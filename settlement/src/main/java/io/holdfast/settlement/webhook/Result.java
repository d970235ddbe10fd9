package io.holdfast.settlement.webhook;

/**
 * What became of an attempt, for the outbox.
 *
 * @param status of the message from now on
 * @param delayMs until it is tried again; nothing to one that is finished
 * @param error what went wrong, one short line for people; null when nothing did
 */
record Result(Message message, Status status, long delayMs, String error) {
    private static final int ERROR_LENGTH_MAX = 300;

    /** As the outbox names them. */
    enum Status {
        PENDING,
        DELIVERED,
        DEAD
    }

    static Result delivered(final Message message) {
        return new Result(message, Status.DELIVERED, 0, null);
    }

    static Result dead(final Message message, final String error) {
        return new Result(message, Status.DEAD, 0, printable(error));
    }

    static Result again(final Message message, final long delayMs, final String error) {
        return new Result(message, Status.PENDING, delayMs, printable(error));
    }

    private static String printable(final String error) {
        final String line = error.replaceAll("\\p{Cntrl}", " ");
        return line.substring(0, Math.min(ERROR_LENGTH_MAX, line.length()));
    }
}
