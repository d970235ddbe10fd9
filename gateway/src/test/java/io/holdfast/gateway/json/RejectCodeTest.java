package io.holdfast.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.message.RejectReason;
import org.junit.jupiter.api.Test;

class RejectCodeTest {
    @Test
    void shouldHaveACodeOfItsNameForEveryReason() {
        for (final RejectReason reason : RejectReason.values()) {
            if (reason != RejectReason.NONE && reason != RejectReason.NULL_VAL) {
                assertThat(RejectCode.of(reason).name()).isEqualTo(reason.name());
                assertThat(RejectCode.of(reason).code()).matches("[a-z]+(-[a-z]+)*");
            }
        }
        assertThat(RejectCode.of(RejectReason.SOLD_OUT).code()).isEqualTo("sold-out");
    }
}
