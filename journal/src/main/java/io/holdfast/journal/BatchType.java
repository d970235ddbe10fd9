package io.holdfast.journal;

/** What a batch is for. Codes are permanent. */
enum BatchType {
    /** Records of one group commit. */
    DATA(1),
    /** A start of the server: begins an epoch, has no records. */
    OPEN(2),
    /** A clean stop: ends an epoch, has no records. Only an open batch may follow. */
    CLOSE(3);

    private final int code;

    BatchType(final int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The type with that code, or null. */
    static BatchType ofCode(final int code) {
        return switch (code) {
            case 1 -> DATA;
            case 2 -> OPEN;
            case 3 -> CLOSE;
            default -> null;
        };
    }
}
