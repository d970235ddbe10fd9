package io.holdfast.core;

import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.RulesActivatedDecoder;
import io.holdfast.core.message.ServerStartedDecoder;
import org.agrona.DirectBuffer;

/** Applies what concerns the server as a whole. */
final class ServerApplier {
    private final State state;
    private final MessageHeaderDecoder header;
    private final ServerStartedDecoder started = new ServerStartedDecoder();
    private final RulesActivatedDecoder activated = new RulesActivatedDecoder();

    ServerApplier(final State state, final MessageHeaderDecoder header) {
        this.state = state;
        this.header = header;
    }

    void started(final DirectBuffer event, final int offset) {
        started.wrapAndApplyHeader(event, offset, header);
        state.epoch = started.epoch();
        state.startedAtMs = state.timeMs;
        state.due.postpone(state.timeMs + Limits.RESTART_GRACE_MS);
    }

    void rulesActivated(final DirectBuffer event, final int offset) {
        activated.wrapAndApplyHeader(event, offset, header);
        state.rules = new Rules(
                activated.rulesVersion(),
                activated.liveHoldsMax(),
                activated.finishedHoldsPerDropMax(),
                activated.rememberedRefusalsPerDropMax(),
                activated.rememberedAdjustmentsPerDropMax(),
                activated.paymentsMax(),
                activated.dropsMax(),
                activated.dropNamesMax(),
                activated.skusPerDropMax());
    }
}
