package io.holdfast.settlement.postgres;

/**
 * Something for a person to look at: a row of the quarantine.
 *
 * @param sequence of the command that it is about
 * @param subject such as {@code payment pi_123}
 */
record Finding(long sequence, Kind kind, String subject, String detail) {
    /** What is the matter; the words stand in the database. */
    enum Kind {
        /** What was settled before says something else. It was left as it is. */
        CONFLICT("conflict"),
        /** A part of it could not be known any more. */
        INCOMPLETE("incomplete"),
        /** The database refuses it; it was left out. */
        POISON("poison");

        private final String word;

        Kind(final String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding conflict(final long sequence, final String subject, final Object settled, final Object found) {
        return new Finding(sequence, Kind.CONFLICT, subject, "the journal says " + settled + ", the database " + found);
    }
}
