package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class DurationConverterTest {
    @Test
    void shouldReadDurations() {
        final DurationConverter converter = new DurationConverter();

        assertThat(converter.convert("250us")).isEqualTo(Duration.ofNanos(250_000));
        assertThat(converter.convert("2m")).isEqualTo(Duration.ofSeconds(120));
        for (final String wrong : new String[] {"10", "s", "-1s", "1.5s", "25h"}) {
            assertThatThrownBy(() -> converter.convert(wrong)).isInstanceOf(CommandLine.TypeConversionException.class);
        }
    }
}
