package io.holdfast.perf.jmh;

import io.holdfast.core.Answer;
import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentImageDecoder;
import io.holdfast.core.message.PaymentOutcome;
import io.holdfast.core.message.RejectReason;

/** Says what an answer says, in a word that a benchmark can expect. */
final class Verdicts {
    /** What came of a command. */
    enum Verdict {
        HELD,
        RELEASED,
        REPEATED,
        PAID,
        SOLD_OUT_FINAL,
        SOLD_OUT_HELD,
        OTHER
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldImageDecoder hold = new HoldImageDecoder();
    private final PaymentImageDecoder payment = new PaymentImageDecoder();
    private final CommandRejectedDecoder rejected = new CommandRejectedDecoder();

    Verdict of(final Answer answer) {
        if (answer.repeated()) {
            return Verdict.REPEATED;
        }
        return switch (answer.templateId()) {
            case HoldImageDecoder.TEMPLATE_ID -> ofHold(answer);
            case PaymentImageDecoder.TEMPLATE_ID ->
                payment.wrapAndApplyHeader(answer.buffer(), 0, header).outcome() == PaymentOutcome.PAID
                        ? Verdict.PAID
                        : Verdict.OTHER;
            case CommandRejectedDecoder.TEMPLATE_ID -> ofRefusal(answer);
            default -> Verdict.OTHER;
        };
    }

    private Verdict ofHold(final Answer answer) {
        return switch (hold.wrapAndApplyHeader(answer.buffer(), 0, header).status()) {
            case HELD -> Verdict.HELD;
            case RELEASED -> Verdict.RELEASED;
            default -> Verdict.OTHER;
        };
    }

    private Verdict ofRefusal(final Answer answer) {
        rejected.wrapAndApplyHeader(answer.buffer(), 0, header);
        if (rejected.reason() != RejectReason.SOLD_OUT) {
            return Verdict.OTHER;
        }
        return rejected.isFinal() == BooleanType.TRUE ? Verdict.SOLD_OUT_FINAL : Verdict.SOLD_OUT_HELD;
    }
}
