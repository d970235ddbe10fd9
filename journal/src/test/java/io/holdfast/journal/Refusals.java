package io.holdfast.journal;

/** Catches what must be thrown. Cheaper than a matcher in loops of many thousands. */
final class Refusals {
    private Refusals() {}

    static JournalRefusedException of(final Runnable action) {
        return of(JournalRefusedException.class, action);
    }

    static <T extends Throwable> T of(final Class<T> type, final Runnable action) {
        try {
            action.run();
        } catch (final Throwable e) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
            throw new AssertionError("threw another: " + e, e);
        }
        throw new AssertionError("threw no " + type.getSimpleName());
    }
}
