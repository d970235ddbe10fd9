package io.holdfast.core;

import io.holdfast.core.message.ActivateRulesDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.RulesActivatedEncoder;
import io.holdfast.core.message.ServerStartedEncoder;
import io.holdfast.core.message.StartServerDecoder;
import org.agrona.DirectBuffer;

/** Notes what concerns the server as a whole: its start, and the rules that hold from here on. */
final class ServerDecider {
    private final Turn turn;
    private final MessageHeaderDecoder header;
    private final StartServerDecoder start = new StartServerDecoder();
    private final ActivateRulesDecoder activate = new ActivateRulesDecoder();
    private final ServerStartedEncoder started = new ServerStartedEncoder();
    private final RulesActivatedEncoder activated = new RulesActivatedEncoder();

    ServerDecider(final Turn turn, final MessageHeaderDecoder header) {
        this.turn = turn;
        this.header = header;
    }

    void start(final DirectBuffer command, final int offset) {
        start.wrapAndApplyHeader(command, offset, header);
        started.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .epoch(start.epoch())
                .wallClockMs(start.wallClockMs());
        final int length = start.buildLength();
        started.putBuild(command, start.limit() + StartServerDecoder.buildHeaderLength(), length);
        turn.emit(started.limit());
    }

    /**
     * Looks at the rules before the turn begins: what is due must not be emitted for a command that fails.
     *
     * @throws IllegalArgumentException if this build does not know their version or a maximum is below 1
     */
    void requireKnownRules(final DirectBuffer command, final int offset) {
        activate.wrapAndApplyHeader(command, offset, header);
        new Rules(
                activate.rulesVersion(),
                activate.liveHoldsMax(),
                activate.finishedHoldsPerDropMax(),
                activate.rememberedRefusalsPerDropMax(),
                activate.rememberedAdjustmentsPerDropMax(),
                activate.paymentsMax(),
                activate.dropsMax(),
                activate.dropNamesMax(),
                activate.skusPerDropMax());
    }

    void activateRules(final DirectBuffer command, final int offset) {
        activate.wrapAndApplyHeader(command, offset, header);
        activated
                .wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .rulesVersion(activate.rulesVersion())
                .liveHoldsMax(activate.liveHoldsMax())
                .finishedHoldsPerDropMax(activate.finishedHoldsPerDropMax())
                .rememberedRefusalsPerDropMax(activate.rememberedRefusalsPerDropMax())
                .rememberedAdjustmentsPerDropMax(activate.rememberedAdjustmentsPerDropMax())
                .paymentsMax(activate.paymentsMax())
                .dropsMax(activate.dropsMax())
                .dropNamesMax(activate.dropNamesMax())
                .skusPerDropMax(activate.skusPerDropMax());
        turn.emit(activated.limit());
    }
}
