package io.holdfast.gateway.api;

import io.holdfast.core.message.RejectReason;
import io.holdfast.gateway.json.RejectCode;
import java.util.ArrayList;
import java.util.List;

/** Numbers and labels of what metrics count about holds and payments. */
final class Verdicts {
    static final int GRANTED = 0;
    static final int REPEATED = 1;

    static final int PAID = 0;
    static final int REFUND_DUE = 1;
    static final int REJECTED = 2;

    private static final int FIRST_REFUSAL = 2;

    private Verdicts() {}

    static int of(final RejectReason reason) {
        return FIRST_REFUSAL + RejectCode.of(reason).ordinal();
    }

    static List<String> labels() {
        final List<String> labels = new ArrayList<>(List.of("granted", "repeated"));
        for (final RejectCode code : RejectCode.values()) {
            labels.add(code.code());
        }
        return labels;
    }

    static List<String> paymentLabels() {
        return List.of("PAID", "REFUND_DUE", "rejected");
    }
}
