package io.holdfast.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CodecBenchmarkTest {
    private final CodecBenchmark codecs = new CodecBenchmark();

    @BeforeEach
    void encode() throws Exception {
        codecs.encode();
    }

    @Test
    void shouldReadTheSameHoldsWhenSpeltPlainlyOrNot() throws Exception {
        assertThat(codecs.parsePlainHold()).isPositive().isEqualTo(codecs.parseEscapedHold());
    }

    @Test
    void shouldReadTheBuyerOfEveryToken() throws Exception {
        assertThat(codecs.readBuyerToken()).isEqualTo(CodecBenchmark.REQUESTS * "b-0123456789abcdef".length());
    }

    @Test
    void shouldWriteTheHoldWhenAnswered() {
        codecs.writeHold();

        assertThat(codecs.answer())
                .contains("\"drop\":\"spring-drop\"", "\"status\":\"HELD\"", "\"amountMinor\":18000", "\"quantity\":4");
    }

    @Test
    void shouldDecodeTheSameWhenDoneAgain() {
        assertThat(codecs.decodePlaceHold()).isEqualTo(codecs.decodePlaceHold()).isNotZero();
        assertThat(codecs.decodeHoldPlaced())
                .isEqualTo(codecs.decodeHoldPlaced())
                .isNotZero();
        assertThat(codecs.encodeHoldPlaced())
                .isEqualTo(codecs.encodeHoldPlaced())
                .isPositive();
    }
}
