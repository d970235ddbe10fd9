package io.holdfast.core;

/** Tells the records apart that a key may lead to; both kinds bear it at the same offset. */
final class RecordKind {
    static final int OFFSET = 36;
    static final int HOLD = 1;
    static final int REFUSAL = 2;

    private RecordKind() {}
}
